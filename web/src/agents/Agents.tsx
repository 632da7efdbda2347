import { connection } from '../api/connection.js';
import { Frame } from '../parts/Frame.js';
import { counted, timeOf, words } from '../parts/format.js';
import { Trouble } from '../parts/Trouble.js';
import { AgentTable } from './AgentTable.js';
import { Findings, Majority, Weights } from './Panels.js';
import { Profit } from './Profit.js';
import { Reliability } from './Reliability.js';
import { failure, isReading, nodeId, learned, refresh, selectedAgent } from './learned.js';

/** How far each agent's word goes on one node, and what it was worth: as it was when read. */
export function Agents() {
  const shown = learned.value;
  return (
    <Frame at="agents" isLive={connection.value.state === 'waiting'}>
      <div class="agents-page">
        <Head />
        {nodeId === null && (
          <p class="panel" role="alert">
            The address ends in no node's id. Expected 24 hex digits, as in{' '}
            <span class="code">/agents/0123456789abcdef01234567</span>.
          </p>
        )}
        {failure.value && <Trouble failure={failure.value} retry={() => void refresh()} />}
        {shown === null && isReading.value && <p class="quiet">Reading what was learned.</p>}
        {shown !== null && (shown.stats.totalDecisions === 0 ? <Empty /> : <Learned />)}
      </div>
    </Frame>
  );
}

function Head() {
  const shown = learned.value;
  const parameters = shown?.parameters;
  return (
    <div class="agents-head">
      <div>
        <h1>Agents</h1>
        {nodeId !== null && <p class="quiet code">{nodeId}</p>}
        {parameters && (
          <p class="quiet">
            Parameters version {parameters.version}: {words(parameters.rule)}, quorum {parameters.quorum} %,
            least confidence {parameters.minConfidence} %, {weightsText(parameters.weights)}
          </p>
        )}
      </div>
      {nodeId !== null && (
        <p>
          {shown && (
            <span class="quiet" role="status">
              {counted(shown.stats.totalDecisions, 'decision')}, read at {timeOf(
                shown.readAt.toISOString(),
              )}{' '}
            </span>
          )}
          <button type="button" disabled={isReading.value} onClick={() => void refresh()}>
            Refresh
          </button>
        </p>
      )}
    </div>
  );
}

const weightsText = (weights: readonly { agentName: string; weight: number }[]): string =>
  weights.length === 0
    ? 'no default weights'
    : `default weights ${weights.map(({ agentName, weight }) => `${agentName} ${weight}`).join(', ')}`;

function Empty() {
  return (
    <div class="panel">
      <h2>No decisions yet</h2>
      <p>
        <span class="code">npm run demo</span> lets a swarm decide on real days and prints its node's id.
      </p>
    </div>
  );
}

function Learned() {
  const agent = selectedAgent.value;
  const calibration = (agent ?? learned.value?.stats.consensus)?.calibration;
  return (
    <>
      <AgentTable />
      <div class="agents-panels">
        {calibration && <Reliability name={agent?.agentName ?? 'the swarm'} calibration={calibration} />}
        <div class="agents-side">
          <Majority />
          <Findings />
        </div>
        <Weights />
        <Profit />
      </div>
    </>
  );
}
