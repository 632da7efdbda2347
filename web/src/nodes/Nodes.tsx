import { addressOf } from '../api/place.js';
import { connection } from '../api/connection.js';
import { Frame } from '../parts/Frame.js';
import { Trouble } from '../parts/Trouble.js';
import { NodeRow } from './NodeRow.js';
import { failure, isReading, loadMore, next, refresh, rows } from './nodes.js';

/** The viewer's nodes, each with the way to its agents: as they were when read. */
export function Nodes() {
  const shown = rows.value;
  return (
    <Frame at="nodes" isLive={connection.value.state === 'waiting'}>
      <div class="list-head">
        <h1>Nodes and their agents</h1>
        {shown !== null && (
          <button type="button" disabled={isReading.value} onClick={() => void refresh()}>
            Refresh
          </button>
        )}
      </div>
      {failure.value && <Trouble failure={failure.value} retry={() => void loadMore()} />}
      {shown === null && !failure.value && <p class="quiet">Reading the nodes.</p>}
      {shown?.length === 0 && <Empty />}
      {shown !== null && shown.length > 0 && (
        <table class="list nodes panel">
          <caption class="hidden">Nodes, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col" class="number">
                Decisions
              </th>
              <th scope="col">Newest decision</th>
              <th scope="col" class="wide">
                Agents
              </th>
              <th scope="col" class="number wide">
                Parameters
              </th>
              <th scope="col" class="number wide">
                Proposals
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <NodeRow key={row.userNodeId} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {next.value !== null && (
        <div class="more">
          <button type="button" disabled={isReading.value} onClick={() => void loadMore()}>
            {isReading.value ? 'Reading older ones' : 'Show older ones'}
          </button>
        </div>
      )}
    </Frame>
  );
}

function Empty() {
  return (
    <div class="panel empty">
      <h2>No nodes yet</h2>
      <p>
        A swarm decides for a node. <span class="code">npm run demo</span> makes one that decides on real
        days; or <a href={addressOf('playground')}>start a conversation in the playground</a>.
      </p>
    </div>
  );
}
