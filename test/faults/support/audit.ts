import type { Findings } from '../fault.js';
import { insist } from './api.js';
import type { FaultDatabase } from './database.js';
import type { Cast } from './votes.js';

/** One vote and what its ballots were answered with. */
export interface CastVote {
  executionId: string;
  casts: readonly Cast[];
}

/** What is wrong with votes that should all be complete, each with one decision. */
export type Audit = Pick<Findings, 'lost' | 'storedTwice' | 'missing' | 'failures'> & {
  decisions: number;
};

interface StoredVote {
  id: string;
  status: string;
  lastSeq: number;
  messages: { edges: { node: { seq: number; agentName: string; messageType: string } }[] };
  swarmVote: { votes: { agentName: string; status: string; seq: number | null }[] };
}

const STORED = /* GraphQL */ `
  query Stored($executionId: ID!) {
    conversation(executionId: $executionId) {
      id
      status
      lastSeq
      messages(first: 100) { edges { node { seq agentName messageType } } }
      swarmVote { votes { agentName status seq } }
    }
  }
`;

/** Compares what is stored with what was answered. Decisions are counted in the database: asking the API logs them. */
export async function auditVotes(
  { database, databaseName, url }: { database: FaultDatabase; databaseName: string; url: string },
  votes: readonly CastVote[],
): Promise<Audit> {
  const log = database.client.db(databaseName).collection('ai_decisions_log');
  const logged = await log
    .find({}, { projection: { conversation_id: 1, user_node_id: 1, seq: 1 } })
    .toArray();
  const decisionsOf = new Map<string, number>();
  for (const { conversation_id } of logged) {
    const conversationId = String(conversation_id);
    decisionsOf.set(conversationId, (decisionsOf.get(conversationId) ?? 0) + 1);
  }
  const numbers = new Set(logged.map(({ user_node_id, seq }) => `${user_node_id} ${seq}`));
  const audit: Audit = { lost: 0, storedTwice: 0, missing: 0, failures: [], decisions: logged.length };
  if (numbers.size < logged.length) {
    audit.failures.push(
      `${logged.length - numbers.size} decisions have a number that another of their node has.`,
    );
  }
  const wrong = new Map<string, number>();
  for (const { executionId, casts } of votes) {
    const stored: StoredVote = (await insist(url, STORED, { executionId })).conversation;
    const decisions = decisionsOf.get(stored.id) ?? 0;
    audit.storedTwice += Math.max(0, decisions - 1);
    audit.missing += decisions === 0 ? 1 : 0;
    audit.lost += lostBallots(stored, casts);
    for (const fault of faultsOf(stored, casts)) wrong.set(fault, (wrong.get(fault) ?? 0) + 1);
  }
  for (const [fault, times] of wrong) audit.failures.push(`${times} of ${votes.length} votes: ${fault}.`);
  return audit;
}

/** Ballots that were said to be stored and are not, or do not count. */
function lostBallots({ messages, swarmVote }: StoredVote, casts: readonly Cast[]): number {
  const isStored = ({ agentName, seq }: Cast) =>
    messages.edges.some(({ node }) => node.seq === seq && node.agentName === agentName) &&
    swarmVote.votes.some(
      (vote) => vote.seq === seq && vote.agentName === agentName && vote.status === 'COUNTED',
    );
  return casts.filter((cast) => cast.seq !== null && !isStored(cast)).length;
}

function faultsOf({ status, lastSeq, messages, swarmVote }: StoredVote, casts: readonly Cast[]): string[] {
  const nodes = messages.edges.map(({ node }) => node);
  const closing = nodes.filter(
    ({ agentName, messageType }) => agentName === 'swarm' && messageType === 'DECISION',
  );
  const stored = new Set(casts.flatMap(({ seq }) => seq ?? []));
  const refused = casts.filter(({ answer }) => answer === 'closed').map(({ agentName }) => agentName);
  const counted = swarmVote.votes.filter(({ seq }) => seq !== null);
  const faults: string[] = [];
  if (status !== 'COMPLETED') faults.push(`still ${status}`);
  else if (closing.length !== 1) faults.push(`${closing.length} closing messages`);
  else if (closing[0]?.seq !== lastSeq) faults.push('the closing message is not the last one');
  if (lastSeq !== nodes.length) faults.push('its numbers have gaps');
  if (nodes.length - closing.length !== stored.size) faults.push('messages that nobody was told of');
  if (counted.length !== stored.size) faults.push('other ballots than those that were accepted');
  if (counted.some(({ agentName }) => refused.includes(agentName))) faults.push('a refused ballot counts');
  return faults;
}
