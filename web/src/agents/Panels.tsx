import { useMemo } from 'preact/hooks';
import type { AgentsDriftQuery } from '../generated/graphql.js';
import { counted, decimal, money, words } from '../parts/format.js';
import { LineChart } from './LineChart.js';
import { differenceText, points, rateText } from './measures.js';
import { histories, learned, selectedAgent } from './learned.js';

/** What counting heads would have come to on the same votes. */
export function Majority() {
  const majority = learned.value?.majority;
  if (majority == null) return null;
  return (
    <section class="panel" aria-labelledby="majority">
      <h2 id="majority">Against a plain majority</h2>
      <p class="quiet">
        Counterfactual: the last {counted(majority.decisions, 'decision')} counted again by heads,{' '}
        {majority.evaluated} with an outcome, {majority.changed} would have come out otherwise.
      </p>
      <dl>
        <dt>As decided</dt>
        <dd>{rateText(majority.actualSuccess)}</dd>
        <dt>By majority</dt>
        <dd>{rateText(majority.counterfactualSuccess)}</dd>
        <dt>Majority less decided</dt>
        <dd>{differenceText(majority.successDifference, points)}</dd>
        <dt>P&amp;L, majority less decided</dt>
        <dd>{differenceText(majority.pnlDifference, money)}</dd>
      </dl>
    </section>
  );
}

/** The chosen agent's learned weight after each of its votes. */
export function Weights() {
  const agent = selectedAgent.value;
  const history = agent === null ? undefined : histories.value.get(agent.agentName);
  const xs = useMemo(() => (history ?? []).map(({ seq }) => seq), [history]);
  const ys = useMemo(() => (history ?? []).map(({ learnedWeight }) => learnedWeight), [history]);
  if (agent === null) return null;
  const label = `Learned weight of ${agent.agentName}: ${decimal(ys[0])} at decision ${xs[0]}, ${decimal(ys.at(-1))} at decision ${xs.at(-1)}, highest ${decimal(Math.max(...ys))}, lowest ${decimal(Math.min(...ys))}.`;
  return (
    <section class="panel wide" aria-labelledby="weights">
      <h2 id="weights">Learned weight of {agent.agentName}</h2>
      {xs.length < 2 ? (
        <p class="quiet">A line needs 2 evaluated votes, there are {agent.evaluatedVotes}.</p>
      ) : (
        <>
          <p class="quiet">
            {label} 1 is a newcomer's. {xs.length} of {agent.evaluatedVotes} evaluated votes are shown.
          </p>
          <LineChart xs={xs} ys={ys} label={label} />
        </>
      )}
    </section>
  );
}

/** What was found of agents that changed, and what decisions taught most often. */
export function Findings() {
  const shown = learned.value;
  if (shown === null) return null;
  const { topLessons } = shown.stats;
  return (
    <section class="panel" aria-labelledby="drift">
      <h2 id="drift">Drift</h2>
      <Drift agents={shown.drift} />
      <h2>Lessons, most frequent first</h2>
      {topLessons.length === 0 ? (
        <p class="quiet">No decision taught one yet.</p>
      ) : (
        <>
          <p class="quiet">Each in the words of the newest decision that taught it.</p>
          <ol>
            {topLessons.map(({ lesson, source, text, count }) => (
              <li key={`${source} ${lesson}`}>
                {text}{' '}
                <span class="quiet">
                  {counted(count, 'decision')}, {words(source)}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

/** Of agents with too few votes; of a large swarm the names alone would fill the page. */
const MOST_NAMED = 8;

function Drift({ agents }: { agents: NonNullable<AgentsDriftQuery['agentDrift']> }) {
  const found = agents.flatMap(({ agentName, findings }) =>
    findings.map(({ kind, text }) => ({ agentName, kind, text })),
  );
  const short = agents.filter(({ reason }) => reason !== null);
  const enough = agents.length - short.length;
  return (
    <>
      {found.length > 0 && (
        <ul>
          {found.map(({ agentName, kind, text }) => (
            <li key={`${agentName} ${kind}`}>
              <strong>{agentName}</strong>: {text}
            </li>
          ))}
        </ul>
      )}
      {agents.length === 0 && <p class="quiet">No agent has voted yet.</p>}
      {found.length === 0 && enough > 0 && (
        <p class="quiet">Nothing beyond chance in the votes of {counted(enough, 'agent')}.</p>
      )}
      {short.length > 0 && (
        <p class="quiet">
          Too few votes to tell:{' '}
          {short
            .slice(0, MOST_NAMED)
            .map(({ agentName, votes, needed }) => `${agentName} (needs ${needed}, has ${votes})`)
            .join(', ')}
          {short.length > MOST_NAMED && ` and ${short.length - MOST_NAMED} more`}.
        </p>
      )}
    </>
  );
}
