import type { RoomVoteFragment, TradeAction } from '../generated/graphql.js';
import { classOf, counted, NONE, percent, words } from '../parts/format.js';

type Vote = RoomVoteFragment;
type Ballot = Vote['votes'][number];

const ACTIONS: readonly TradeAction[] = ['BUY', 'SELL', 'HOLD'];

/** How the vote stands: for what, by whom, who is missing, and what was settled on. */
export function VotePanel({ vote }: { vote: Vote }) {
  return (
    <section class="panel vote" aria-labelledby="vote-title">
      <h2 id="vote-title">Vote</h2>
      <Consensus vote={vote} />
      <Bars vote={vote} />
      <Quorum vote={vote} />
      <Ballots vote={vote} />
      <p class="quiet small">
        Counted by {words(vote.rule).toLowerCase()}, parameters version {vote.parameterVersion}.
      </p>
    </section>
  );
}

function Consensus({ vote: { consensus, explanation } }: { vote: Vote }) {
  if (consensus === null) return null;
  const { action, confidence, agreement, isUnanimous, reason } = consensus;
  const dissenters = explanation?.dissenters ?? [];
  return (
    <div class="consensus">
      <p class="settled">
        <span class={classOf(action)}>{action}</span> {confidence === null ? '' : `${confidence} %`}
      </p>
      <p>
        {REASONS[reason]} {agreement} % of the weight agreed.
      </p>
      {isUnanimous ? <p>Unanimous.</p> : dissenters.length > 0 && <p>Against it: {dissenters.join(', ')}.</p>}
      <Pivotal explanation={explanation} />
    </div>
  );
}

const REASONS = {
  EVIDENCE: 'Decided by evidence.',
  PLURALITY: 'Nobody’s word carries evidence yet: decided by plain weight.',
  TIE: 'Two actions were level, so nothing is done.',
  NO_QUORUM: 'Too few ballots counted, so nothing is done.',
} as const;

/** Who alone could have changed it. */
function Pivotal({ explanation }: { explanation: Vote['explanation'] }) {
  if (explanation === null) return null;
  const { pivotalAgents } = explanation;
  if (pivotalAgents.length === 0) return <p class="quiet">No single agent could have changed it.</p>;
  return (
    <details>
      <summary>{counted(pivotalAgents.length, 'agent')} could alone have changed it</summary>
      <ul>
        {pivotalAgents.map(({ agentName, changes }) => (
          <li key={agentName}>
            {agentName}:{' '}
            {changes
              .map(
                ({ vote, action }) => `${vote === null ? 'not voting' : `voting ${vote}`} makes it ${action}`,
              )
              .join('; ')}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Each action's part, by weight and by heads; once it was counted by evidence, too. */
function Bars({ vote: { votes, explanation } }: { vote: Vote }) {
  const counts = votes.filter(({ status }) => status === 'COUNTED');
  const weight = counts.reduce((sum, one) => sum + (one.weight ?? 0), 0);
  return (
    <table class="bars">
      <caption class="hidden">Votes by weight and by heads</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="hidden">Action</span>
          </th>
          <th scope="col">By weight</th>
          <th scope="col">By heads</th>
          {explanation && <th scope="col">By evidence</th>}
        </tr>
      </thead>
      <tbody>
        {ACTIONS.map((action) => {
          const own = counts.filter((one) => one.action === action);
          const byWeight = own.reduce((sum, one) => sum + (one.weight ?? 0), 0) / (weight || 1);
          const names = new Set(own.map(({ agentName }) => agentName));
          const byEvidence = explanation?.agents
            .filter(({ agentName }) => names.has(agentName))
            .reduce((sum, { share }) => sum + share, 0);
          return (
            <tr key={action}>
              <th scope="row" class={classOf(action)}>
                {action}
              </th>
              <td>
                <Bar action={action} share={byWeight} text={percent(byWeight, 0)} />
              </td>
              <td>
                <Bar action={action} share={own.length / (counts.length || 1)} text={`${own.length}`} />
              </td>
              {byEvidence !== undefined && (
                <td>
                  <Bar action={action} share={byEvidence} text={percent(byEvidence, 0)} />
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Bar({ action, share, text }: { action: TradeAction; share: number; text: string }) {
  return (
    <span class="bar">
      <span class={`fill ${classOf(action)}-fill`} style={{ width: `${100 * share}%` }} />
      <span class="bar-text">{text}</span>
    </span>
  );
}

function Quorum({ vote: { votes, totalAgents, quorum, neededBallots: needed } }: { vote: Vote }) {
  const n = votes.filter(({ status }) => status === 'COUNTED').length;
  return (
    <p>
      {n} of {totalAgents} counted, quorum {needed} ({quorum} %): {n >= needed ? 'reached' : 'not reached'}.
    </p>
  );
}

const GROUPS: readonly { title: string; statuses: readonly Ballot['status'][] }[] = [
  { title: 'Voted', statuses: ['COUNTED', 'ADVISORY'] },
  { title: 'Abstained', statuses: ['ABSTAINED'] },
  { title: 'Failed', statuses: ['FAILED'] },
  { title: 'Missing', statuses: ['MISSING'] },
  { title: 'Late, not counted', statuses: ['LATE'] },
];

function Ballots({ vote: { votes, lateVotes, totalAgents } }: { vote: Vote }) {
  const unnamed = totalAgents - votes.length;
  return (
    <div class="ballots">
      {GROUPS.map(({ title, statuses }) => {
        const own = [...votes, ...lateVotes].filter(({ status }) => statuses.includes(status));
        if (own.length === 0) return null;
        return (
          <div key={title}>
            <h3>
              {title} <span class="quiet">{own.length}</span>
            </h3>
            <ul>
              {own.map((one) => (
                <BallotLine key={one.agentName} ballot={one} />
              ))}
            </ul>
          </div>
        );
      })}
      {unnamed > 0 && <p class="quiet">{counted(unnamed, 'more agent')} to vote.</p>}
    </div>
  );
}

function BallotLine({
  ballot: { agentName, status, action, confidence, weight, abstention },
}: {
  ballot: Ballot;
}) {
  return (
    <li>
      <span class="ballot-name">{agentName}</span>
      {action !== null && (
        <span>
          <span class={classOf(action)}>{action}</span> {confidence ?? NONE} %
          {status === 'ADVISORY' ? ', not counted' : weight === 1 ? '' : `, weight ${weight}`}
        </span>
      )}
      {abstention !== null && <span class="quiet">{words(abstention)}</span>}
    </li>
  );
}
