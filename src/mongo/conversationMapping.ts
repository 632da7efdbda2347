import { ObjectId } from 'mongodb';
import type { Conversation, LateRefusals } from '../domain/conversation.js';
import type { DecisionContext } from '../domain/decision.js';
import type { Json, Message, MessageContent, MessageDraft } from '../domain/message.js';
import type { Completion, NewConversation, NewMessage } from '../domain/ports.js';
import { USUAL_PARAMETERS } from '../domain/parameters.js';
import { NO_RESULTS, type SwarmVote, voteIdOf } from '../domain/voting.js';
import type {
  ContextDocument,
  ContextPart,
  ConversationDocument,
  LateRefusalDocument,
  MessageDocument,
} from './documents.js';
import { escapeKeys, unescapeKeys } from './freeKeys.js';
import { fromResults, fromWeights, toBallot, toBasis, toConsensus } from './votingMapping.js';

/** A head never grows past this, so that a document stays far below MongoDB's 16 MB. */
export const MAX_HEAD_BYTES = 8 * 1024 * 1024;

/** A stored conversation as a reading without its messages gives it. */
export type HeadDocument = Omit<ConversationDocument, 'messages'>;

export function toMessage(document: MessageDocument, executionId: string): Message {
  const { content, vote, ui } = document;
  return {
    id: document._id.toHexString(),
    executionId,
    seq: document.seq,
    agentName: document.agent_name,
    agentRole: document.agent_role,
    aiModel: document.ai_model,
    promptVersion: document.prompt_version,
    messageType: document.message_type,
    phase: document.phase,
    replyToSeq: document.reply_to_seq,
    content: toContent(content),
    vote,
    ui,
    status: document.is_late === true ? 'late' : 'in_time',
    timestamp: document.timestamp,
    idempotencyKey: document.idempotency_key,
    contentHash: document.content_hash,
  };
}

/** A message to store; its `seq`, phase and weight are filled in by the write itself. */
export function fromNewMessage(message: NewMessage, isLate: boolean): MessageDocument {
  return {
    ...fromDraft(message.id, message.draft, message.at),
    phase: message.phase ?? 'market_analysis',
    vote: message.vote === null ? null : { ...message.vote, weight: message.vote.weight ?? 1 },
    idempotency_key: message.idempotencyKey,
    content_hash: message.contentHash,
    ...(isLate && { is_late: true as const }),
  };
}

/** The message that closes a completed vote. */
export function fromClosing({ message, at }: Completion): MessageDocument {
  return {
    ...fromDraft(message.id, message.draft, at),
    phase: 'market_analysis',
    vote: null,
    idempotency_key: message.id,
    content_hash: message.contentHash,
  };
}

function fromDraft(id: string, draft: MessageDraft, at: Date) {
  return {
    _id: new ObjectId(id),
    seq: 0,
    agent_name: draft.agentName,
    agent_role: draft.agentRole,
    ai_model: draft.aiModel,
    prompt_version: draft.promptVersion,
    message_type: draft.messageType,
    reply_to_seq: draft.replyToSeq,
    content: fromContent(draft.content),
    timestamp: at,
    ui: draft.ui,
  };
}

const toContent = ({ data_escaped, data, ...content }: MessageDocument['content']): MessageContent => ({
  ...content,
  data: unescapeKeys(data, data_escaped === true),
});

function fromContent(content: MessageContent): MessageDocument['content'] {
  const { stored, isEscaped } = escapeKeys(content.data);
  return { ...content, data: stored, ...(isEscaped && { data_escaped: true }) };
}

export function toContext({ escaped = [], ...parts }: ContextDocument): DecisionContext {
  const of = (part: ContextPart): Json => unescapeKeys(parts[part], escaped.includes(part));
  return {
    marketConditions: of('market_conditions'),
    portfolioState: of('portfolio_state'),
    riskMetrics: of('risk_metrics'),
  };
}

export function fromContext(context: DecisionContext): ContextDocument {
  const escaped: ContextPart[] = [];
  const of = (part: ContextPart, value: Json): Json => {
    const { stored, isEscaped } = escapeKeys(value);
    if (isEscaped) escaped.push(part);
    return stored;
  };
  const parts = {
    market_conditions: of('market_conditions', context.marketConditions),
    portfolio_state: of('portfolio_state', context.portfolioState),
    risk_metrics: of('risk_metrics', context.riskMetrics),
  };
  return { ...parts, ...(escaped.length > 0 && { escaped }) };
}

function toSwarmVote(head: HeadDocument): SwarmVote {
  const document = head.swarm_vote;
  const id = head._id.toHexString();
  // An older version took nothing after the closing message.
  const lastSeq = head.status === 'completed' ? head.last_seq : null;
  return {
    id: voteIdOf(id),
    conversationId: id,
    executionId: head.execution_id.toHexString(),
    totalAgents: document.total_agents,
    agents: document.agents?.map(({ agent_name, weight }) => ({ agentName: agent_name, weight })) ?? null,
    quorum: document.quorum,
    rule: document.rule ?? USUAL_PARAMETERS.rule,
    parameterVersion: document.parameter_version ?? USUAL_PARAMETERS.version,
    deadline: document.deadline,
    timing: {
      startedAt: head.created_at,
      endsAt: document.ends_at,
      firstBallotAt: document.first_ballot_at,
      votingTimeout: document.voting_timeout,
    },
    ballots: document.votes.map(toBallot),
    ballotSeq: document.ballot_seq,
    lateBallots: (document.late_votes ?? []).map(toBallot),
    consensus: document.consensus && toConsensus(document.consensus),
    basis: document.basis && toBasis(document.basis),
    votingCompleted: document.voting_completed,
    closingSeq: document.closing_seq ?? lastSeq,
    completedRevision: document.completed_revision ?? null,
  };
}

const toLateRefusals = (refused: readonly LateRefusalDocument[]): LateRefusals => ({
  messages: refused.length,
  ballots: refused.filter(({ is_ballot }) => is_ballot).length,
  agents: [...new Set(refused.map(({ agent_name }) => agent_name))].sort(),
  lastAt: refused.at(-1)?.at ?? null,
});

export function toConversation(document: HeadDocument): Conversation {
  return {
    id: document._id.toHexString(),
    userId: document.user_id.toHexString(),
    executionId: document.execution_id.toHexString(),
    flowId: document.flow_id.toHexString(),
    userNodeId: document.user_node_id.toHexString(),
    context: document.context,
    startPhase: document.start_phase ?? document.context.phase,
    status: document.status,
    lastSeq: document.last_seq,
    revision: document.revision,
    swarmVote: toSwarmVote(document),
    keepsLate: document.keep_late === true,
    lateRefused: toLateRefusals(document.late_refused ?? []),
    outcome: document.outcome,
    decisionContext: toContext(document.decision_context),
    decisionId: document.decision_id?.toHexString() ?? null,
    decisionPending: document.decision_pending === true,
    isFull: document.head_bytes >= MAX_HEAD_BYTES,
    startHash: document.swarm_vote.start_hash,
    createdAt: document.created_at,
    updatedAt: document.updated_at,
  };
}

export function fromNewConversation(userId: string, start: NewConversation): ConversationDocument {
  return {
    _id: new ObjectId(start.id),
    user_id: new ObjectId(userId),
    execution_id: new ObjectId(start.executionId),
    flow_id: new ObjectId(start.flowId),
    user_node_id: new ObjectId(start.userNodeId),
    context: { symbol: start.symbol, action: 'analyzing', phase: start.phase },
    start_phase: start.phase,
    messages: [],
    swarm_vote: {
      total_agents: start.totalAgents,
      agents: start.agents?.map(({ agentName, weight }) => ({ agent_name: agentName, weight })) ?? null,
      quorum: start.quorum,
      rule: start.rule,
      parameter_version: start.parameterVersion,
      default_weights: fromWeights(start.defaultWeights),
      deadline: start.endsAt,
      ends_at: start.endsAt,
      voting_timeout: start.votingTimeout,
      first_ballot_at: null,
      ballot_seq: 0,
      votes: [],
      results: fromResults(NO_RESULTS),
      consensus: null,
      basis: null,
      voting_completed: null,
      start_hash: start.startHash,
    },
    outcome: null,
    status: 'in_progress',
    last_seq: 0,
    paged_seq: 0,
    head_bytes: 0,
    ...(start.keepsLate && { keep_late: true as const }),
    decision_context: fromContext(start.decisionContext),
    decision_id: null,
    revision: 1,
    schema_version: 1,
    created_at: start.at,
    updated_at: start.at,
  };
}
