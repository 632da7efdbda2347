import { type Document, ObjectId } from 'mongodb';
import { nameKey } from '../domain/agentName.js';
import type { ChangePosition, MessageSlice } from '../domain/ports.js';
import type { LateRefusalDocument, MessageDocument } from './documents.js';

/**
 * The statuses in which a conversation takes messages, `in_progress` and `voting`, as a range: the embedded
 * database's planner uses a partial index by a range and not by `$in`.
 */
export const OPEN = { $gt: 'completed' } as const;

export const WITHOUT_MESSAGES = { messages: 0 } as const;

/** Whose conversation of which execution. */
export const identity = (userId: string, executionId: string) => ({
  user_id: new ObjectId(userId),
  execution_id: new ObjectId(executionId),
});

export const ofUser = (userId: string) => ({ user_id: new ObjectId(userId) });

/** What belongs to one node of a user. */
export const ofNode = (userId: string, userNodeId: string) => ({
  user_id: new ObjectId(userId),
  user_node_id: new ObjectId(userNodeId),
});

export const NEXT_SEQ = { $add: ['$last_seq', 1] };

export const NEXT_REVISION = { $add: ['$revision', 1] };

/** What every write of a conversation carries: its change can be told from the one before, and is not dated before it. */
export const changed = (at: Date): Document => ({
  revision: NEXT_REVISION,
  updated_at: { $max: ['$updated_at', at] },
});

/**
 * The message takes the next number. Whatever a caller gave stands in `$literal`: an agent named `$last_seq` would
 * be read as a field otherwise.
 */
export function appendStage(
  message: MessageDocument,
  bytes: number,
  phaseGiven: boolean,
  weight?: Document,
): Document {
  const filledIn = {
    seq: NEXT_SEQ,
    ...(phaseGiven ? {} : { phase: '$context.phase' }),
    ...(weight === undefined ? {} : { vote: { $mergeObjects: [{ $literal: message.vote }, { weight }] } }),
  };
  return {
    last_seq: NEXT_SEQ,
    head_bytes: { $add: ['$head_bytes', bytes] },
    messages: { $concatArrays: ['$messages', [{ $mergeObjects: [{ $literal: message }, filledIn] }]] },
    ...(phaseGiven ? { 'context.phase': message.phase } : {}),
  };
}

/** The weight a ballot without one counts with: the roster's, else the node's for its agent, else 1. */
export const rosterWeight = (agentName: string): Document => ({
  $ifNull: [weightIn('$swarm_vote.agents', agentName), weightIn('$swarm_vote.default_weights', agentName), 1],
});

const weightIn = (list: string, agentName: string): Document => ({
  $reduce: {
    input: { $ifNull: [list, []] },
    initialValue: null,
    in: { $cond: [{ $eq: ['$$this.agent_name', { $literal: agentName }] }, '$$this.weight', '$$value'] },
  },
});

/** An agent's latest ballot counts: its earlier one goes, this one comes last. */
export function ballotStage(
  message: MessageDocument,
  phaseGiven: boolean,
  weight: Document | number,
): Document {
  const agentName = { $literal: message.agent_name };
  return {
    status: 'voting',
    'context.action': 'voting',
    'swarm_vote.ballot_seq': NEXT_SEQ,
    'swarm_vote.first_ballot_at': { $ifNull: ['$swarm_vote.first_ballot_at', message.timestamp] },
    'swarm_vote.votes': {
      $concatArrays: [
        { $filter: { input: '$swarm_vote.votes', cond: { $ne: ['$$this.agent_name', agentName] } } },
        [ballotOf(message, phaseGiven, weight)],
      ],
    },
  };
}

/** The most agents' late ballots that are kept beside a vote, and the most refused late messages that are told apart. */
const MOST_LATE = 200;

/** An agent's first ballot after the vote is kept: what it says later may be said for what came of it. */
export function lateBallotStage(
  message: MessageDocument,
  phaseGiven: boolean,
  weight: Document | number,
): Document {
  const kept = { $ifNull: ['$swarm_vote.late_votes', []] };
  const isAgent = { $eq: ['$$this.agent_name', { $literal: message.agent_name }] };
  const own = { $filter: { input: kept, cond: isAgent } };
  return {
    'swarm_vote.late_votes': {
      $cond: [
        { $or: [{ $gt: [{ $size: own }, 0] }, { $gte: [{ $size: kept }, MOST_LATE] }] },
        kept,
        { $concatArrays: [kept, [ballotOf(message, phaseGiven, weight)]] },
      ],
    },
  };
}

/** A refusal is counted once, in a completed conversation, while there is room. */
export function lateRefusalStage(refused: LateRefusalDocument): Document {
  const counted = { $ifNull: ['$late_refused', []] };
  const isSame = { $eq: ['$$this.key', { $literal: refused.key }] };
  const isToCount = {
    $and: [
      { $eq: ['$status', 'completed'] },
      { $lt: [{ $size: counted }, MOST_LATE] },
      { $eq: [{ $size: { $filter: { input: counted, cond: isSame } } }, 0] },
    ],
  };
  return {
    late_refused: { $cond: [isToCount, { $concatArrays: [counted, [{ $literal: refused }]] }, counted] },
  };
}

function ballotOf(message: MessageDocument, phaseGiven: boolean, weight: Document | number): Document {
  const ballot = {
    agent_name: message.agent_name,
    name_key: nameKey(message.agent_name),
    ...message.vote,
    timestamp: message.timestamp,
    p: null,
    r: null,
    evidence: null,
    ai_model: message.ai_model,
    phase: message.phase,
  };
  const filledIn = {
    seq: NEXT_SEQ,
    weight,
    is_default_weight:
      typeof weight === 'number'
        ? false
        : { $eq: [weightIn('$swarm_vote.agents', message.agent_name), null] },
    ...(phaseGiven ? {} : { phase: '$context.phase' }),
  };
  return { $mergeObjects: [{ $literal: ballot }, filledIn] };
}

/**
 * The last ballot makes the vote due in its own write, so that the next look completes it. This is `deadlineOf` of
 * domain/voting.ts, said to the database; test/mongo/deadline.test.ts holds the two together.
 */
export const deadlineStage = (at: Date): Document => ({
  'swarm_vote.deadline': {
    $cond: [
      { $gte: [{ $size: '$swarm_vote.votes' }, '$swarm_vote.total_agents'] },
      at,
      {
        $min: [
          '$swarm_vote.ends_at',
          {
            $cond: [
              { $gt: ['$swarm_vote.voting_timeout', 0] },
              {
                $dateAdd: {
                  startDate: '$swarm_vote.first_ballot_at',
                  unit: 'second',
                  amount: '$swarm_vote.voting_timeout',
                },
              },
              null,
            ],
          },
        ],
      },
    ],
  },
});

/** The stages that give a conversation without its messages but with the slices asked for, as `page_0`, `page_1` … */
export function sliceStages(slices: readonly MessageSlice[]): Document[] {
  const pages = Object.fromEntries(slices.map((slice, i) => [`page_${i}`, sliceOf(slice)]));
  return [...(slices.length > 0 ? [{ $set: pages }] : []), { $unset: 'messages' }];
}

/** The part of a slice that is in the head, where positions are `seq` less `paged_seq`. */
export function sliceOf(slice: MessageSlice): Document {
  const last = lastOf(slice);
  const first =
    'after' in slice
      ? slice.after + 1
      : { $max: [(slice.above ?? 0) + 1, { $subtract: [last, slice.last - 1] }] };
  const start = { $max: [0, { $subtract: [first, { $add: ['$paged_seq', 1] }] }] };
  const count = { $subtract: [{ $subtract: [last, '$paged_seq'] }, start] };
  return {
    $cond: [{ $gt: [count, 0] }, { $slice: ['$messages', start, { $max: [1, count] }] }, []],
  };
}

function lastOf(slice: MessageSlice): Document | string {
  if ('after' in slice) return { $min: ['$last_seq', slice.after + slice.limit] };
  return slice.before === null ? '$last_seq' : { $min: ['$last_seq', slice.before - 1] };
}

/** What changed after a position; at its instant as well where it names no conversation. */
export const changedAfter = ({ updatedAt, id }: ChangePosition) => ({
  field: 'updated_at',
  from: updatedAt,
  rest: id === null ? {} : { $or: [{ updated_at: { $gt: updatedAt } }, { _id: { $gt: new ObjectId(id) } }] },
});
