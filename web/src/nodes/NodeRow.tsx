import { addressOf } from '../api/place.js';
import type { TradeAction } from '../generated/graphql.js';
import { classOf, counted, dayOf, NONE } from '../parts/format.js';
import type { Row } from './nodes.js';

/** How many agents are named; the others are counted. */
const MOST_NAMED = 5;

/** One node, with the ways to its agents, its newest decision and what is proposed for it. */
export function NodeRow({ row }: { row: Row }) {
  const { userNodeId, decisions, lastDecision, agents, parameterVersion, openProposals } = row;
  return (
    <tr>
      <th scope="row">
        <a class="code" href={addressOf(`agents/${userNodeId}`)}>
          {userNodeId}
        </a>
        <span class="narrow">
          {counted(agents.length, 'agent')}, parameters version {parameterVersion}
          {openProposals > 0 && (
            <>
              , <Proposals of={row} text={counted(openProposals, 'proposal')} />
            </>
          )}
        </span>
      </th>
      <td class="number">{decisions}</td>
      <td>{lastDecision === null ? <span class="quiet">{NONE}</span> : <Decided of={lastDecision} />}</td>
      <td class="wide">{agentsText(agents)}</td>
      <td class="number wide">version {parameterVersion}</td>
      <td class="number wide">
        {openProposals === 0 ? NONE : <Proposals of={row} text={`${openProposals} open`} />}
      </td>
    </tr>
  );
}

const Proposals = ({ of, text }: { of: Row; text: string }) => (
  <a href={proposalsAt(of.userNodeId)} aria-label={`${text}, in the playground`}>
    {text}
  </a>
);

function Decided({ of: { decision, timestamp, conversation } }: { of: NonNullable<Row['lastDecision']> }) {
  const { type, action, symbol, confidence } = decision;
  const what = (
    <>
      <span class={type === 'TRADE' ? classOf(action as TradeAction) : ''}>{action}</span> {symbol}
    </>
  );
  return (
    <>
      {conversation === null ? what : <a href={addressOf(`room/${conversation.executionId}`)}>{what}</a>}
      {confidence !== null && <span class="quiet"> {confidence} %</span>}
      <time class="quiet small when" dateTime={timestamp}>
        {dayOf(timestamp)}
      </time>
    </>
  );
}

function agentsText(agents: readonly string[]): string {
  if (agents.length === 0) return NONE;
  const more = agents.length - MOST_NAMED;
  return `${agents.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const PROPOSALS = `query Proposals($userNodeId: ID!) {
  parameterChanges(userNodeId: $userNodeId, filter: { status: PROPOSED }) {
    edges {
      node {
        id
        path
        from
        to
        reason
        proposedAt
        evidence {
          decisions
          changed
        }
      }
    }
  }
}
`;

/** Where a node's open proposals can be looked at. */
function proposalsAt(userNodeId: string): string {
  const variables = JSON.stringify({ userNodeId }, null, 2);
  return addressOf(`playground?${new URLSearchParams({ query: PROPOSALS, variables })}`);
}
