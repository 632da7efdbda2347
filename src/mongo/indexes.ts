import type { CreateIndexesOptions } from 'mongodb';
import { OPEN } from './statements.js';

export interface Index {
  collection: string;
  key: Record<string, 1 | -1>;
  options?: CreateIndexesOptions;
  /** The query it is there for. */
  serves: string;
  /** Not made on a MongoDB, which finds by `key` less its last field and looks at that. */
  isEmbeddedOnly?: true;
}

/** Every index, with the query it serves. All but those of sweeps and the poll start with the tenant. */
export const INDEXES: readonly Index[] = [
  {
    collection: 'ai_conversations',
    key: { user_id: 1, execution_id: 1 },
    options: { unique: true },
    serves: 'every command, Query.conversation(executionId), the streams of one conversation',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, execution_id: 1, revision: 1 },
    serves: 'a change at the revision seen',
    isEmbeddedOnly: true,
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, _id: -1 },
    serves: 'Query.conversations; one by its id',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, user_node_id: 1, _id: -1 },
    serves: 'Query.conversations(filter: { userNodeId })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, flow_id: 1, _id: -1 },
    serves: 'Query.conversations(filter: { flowId })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, 'context.symbol': 1, _id: -1 },
    serves: 'Query.conversations(filter: { symbol })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, status: 1, _id: -1 },
    serves: 'Query.conversations(filter: { status })',
  },
  {
    collection: 'ai_conversations',
    key: { user_id: 1, updated_at: 1, _id: 1 },
    serves: 'conversationChanged and voteCompleted of all conversations; filter: { updatedSince }',
  },
  {
    collection: 'ai_conversations',
    key: { updated_at: 1, _id: 1 },
    serves: 'the poll for changes that nobody was woken for, of all users at once',
  },
  {
    collection: 'ai_conversations',
    key: { 'swarm_vote.deadline': 1 },
    options: { partialFilterExpression: { status: OPEN } },
    serves: 'the sweep for votes whose deadline has come',
  },
  {
    collection: 'ai_conversations',
    key: { created_at: 1 },
    options: { partialFilterExpression: { status: OPEN } },
    serves: 'the sweep for conversations started by a clock that is ahead',
  },
  {
    collection: 'ai_conversations',
    key: { 'swarm_vote.first_ballot_at': 1 },
    options: { partialFilterExpression: { status: OPEN } },
    serves: 'the sweep for votes begun by a clock that is ahead',
  },
  {
    collection: 'ai_conversations',
    key: { decision_pending: 1 },
    options: { partialFilterExpression: { decision_pending: true } },
    serves: 'the sweep for decisions not yet logged',
  },
  {
    collection: 'ai_message_pages',
    key: { user_id: 1, execution_id: 1, first_seq: 1 },
    options: { unique: true },
    serves: 'messages that left the head of their conversation; that a page is copied once',
  },
  {
    collection: 'ai_message_pages',
    key: { user_id: 1, execution_id: 1, 'messages.idempotency_key': 1 },
    options: { unique: true },
    serves: 'addMessage again with the key of a message that left the head',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, _id: -1 },
    serves: 'Query.decisions',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, 'decision.symbol': 1, _id: -1 },
    serves: 'Query.decisions(filter: { symbol })',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, 'decision.type': 1, _id: -1 },
    serves: 'Query.decisions(filter: { type })',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, revision: 1, _id: -1 },
    serves: 'Query.decisions(filter: { hasOutcome }); feedback on a decision at a revision',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, timestamp: 1 },
    serves: 'Query.learningStats(since), Query.decisions(filter: { since, until })',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, idempotency_key: 1 },
    options: { unique: true, partialFilterExpression: { idempotency_key: { $gt: '' } } },
    serves: 'logDecision again with its key',
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, seq: 1 },
    serves:
      "a node's decisions by their numbers: whatIf, slices, drift, rebuild; the outcomes lessons look back on",
  },
  {
    collection: 'ai_decisions_log',
    key: { user_id: 1, user_node_id: 1, node_version: 1 },
    serves: 'what a node learned while a rebuild went on',
  },
  {
    collection: 'ai_parameter_changes',
    key: { user_id: 1, user_node_id: 1, _id: -1 },
    serves: 'Query.parameterChanges',
  },
  {
    collection: 'ai_parameter_changes',
    key: { user_id: 1, user_node_id: 1, status: 1, _id: -1 },
    serves: 'Query.parameterChanges(filter: { status }); what is proposed already; deciding on it',
  },
  {
    collection: 'ai_parameter_changes',
    key: { user_id: 1, user_node_id: 1, paths: 1, _id: -1 },
    serves: 'Query.parameterChanges(filter: { path })',
  },
  {
    collection: 'ai_parameter_changes',
    key: { user_id: 1, user_node_id: 1, 'versions.version': 1 },
    options: { unique: true, partialFilterExpression: { 'versions.version': { $gt: 0 } } },
    serves: 'the parameters in force; that a version of them is given once',
  },
  {
    collection: 'ai_symbols',
    key: { user_id: 1, folded: 1, user_node_id: 1 },
    options: { unique: true },
    serves: 'other spellings of a symbol, of a node or of all: didYouMean; that each is kept once',
  },
  {
    collection: 'ai_node_learning',
    key: { user_id: 1, _id: -1 },
    serves: 'Query.nodes',
  },
  {
    collection: 'ai_node_learning',
    key: { user_id: 1, user_node_id: 1 },
    options: { unique: true },
    serves: 'every vote and feedback of a node',
  },
  {
    collection: 'ai_node_learning',
    key: { user_id: 1, user_node_id: 1, version: 1 },
    serves: 'what a feedback changes, at the version seen',
    isEmbeddedOnly: true,
  },
  {
    collection: 'ai_node_learning',
    key: { user_id: 1, user_node_id: 1, last_decision_seq: 1 },
    serves: 'the next number, after the one seen',
    isEmbeddedOnly: true,
  },
  {
    collection: 'ai_node_learning',
    key: { 'unsettled.decision_id': 1 },
    serves: 'the sweep for feedback that is learned and perhaps not on its decision',
  },
];
