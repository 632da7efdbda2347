/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Why an agent gave no action. None of these is a hold. */
export type Abstention =
  /** It would rather not say. */
  | 'ABSTAINED'
  /** Its model failed. */
  | 'MODEL_ERROR'
  /** It had nothing to judge by. */
  | 'NO_DATA'
  /** Its answer could not be read. */
  | 'PARSE_ERROR'
  /** It did not answer in time. */
  | 'TIMED_OUT';

/** Whether a ballot counts, and if not, why. */
export type BallotStatus =
  /** `ABSTAINED` or `NO_DATA`. */
  | 'ABSTAINED'
  /** Weight 0: shown and evaluated later, not counted. */
  | 'ADVISORY'
  /** An action with a weight above 0. */
  | 'COUNTED'
  /** The agent tried and failed: `MODEL_ERROR`, `PARSE_ERROR`, `TIMED_OUT`. */
  | 'FAILED'
  /** Came after the vote was complete: shown, not counted. */
  | 'LATE'
  /** Named at the start and not heard of in time. */
  | 'MISSING';

/** What decided a consensus. */
export type ConsensusReason =
  /** It had the most evidence. */
  | 'EVIDENCE'
  /** Too few ballots were counted, so nothing is done. */
  | 'NO_QUORUM'
  /** Nobody's word carries evidence, so plain weight decided. */
  | 'PLURALITY'
  /** Two actions were level, so nothing is done. */
  | 'TIE';

/** Which conversations; all of it must match. */
export type ConversationFilter = {
  /** Only those of this flow. */
  flowId?: string | number | null | undefined;
  /** Only those of this status. */
  status?: ConversationStatus | null | undefined;
  /** Only those on this symbol. */
  symbol?: string | null | undefined;
  /** Only those changed at this instant or later. */
  updatedSince?: string | null | undefined;
  /** Only those of this node. */
  userNodeId?: string | number | null | undefined;
};

/** It only moves down this list. */
export type ConversationStatus =
  /** The vote is complete; nothing more is counted, nor taken unless the start said `keepLate`. */
  | 'COMPLETED'
  /** Agents talk, nobody has voted yet. */
  | 'IN_PROGRESS'
  /** At least one ballot was cast. */
  | 'VOTING';

/** How ballots are counted. Quorum, ties and the calibration of the consensus are the same for all. */
export type CountingRule =
  /** Each by its stated confidence, taken at its word. */
  | 'CONFIDENCE_WEIGHTED'
  /** Each by how often its agent was right where the swarm was not. */
  | 'HEDGE'
  /** Each by the logarithm of its learned odds: the usual one. */
  | 'LOG_ODDS'
  /** Each by its weight alone. */
  | 'MAJORITY';

/** What a decision came to. */
export type DecisionResult =
  /** It proved wrong. */
  | 'FAILURE'
  /** Neither: nothing was gained and nothing lost. Nobody learns from it, and no rate counts it. */
  | 'SCRATCH'
  /** It proved right. */
  | 'SUCCESS';

/** What kind of decision it is. */
export type DecisionType =
  /** To stop for a while. */
  | 'PAUSE'
  /** To change a limit or a size. */
  | 'RISK_ADJUSTMENT'
  /** To trade or not to. */
  | 'TRADE';

/** What changed in an agent's votes. */
export type DriftKind =
  /** How often it is for which action. */
  | 'ACTION_MIX'
  /** The confidence it states. */
  | 'CONFIDENCE'
  /** It is always for the same action. */
  | 'CONSTANT_ACTION'
  /** It always states the same confidence. */
  | 'CONSTANT_CONFIDENCE';

/** Where feedback came from. */
export type FeedbackSource =
  /** The trade's own execution. */
  | 'EXECUTION'
  /** A person. */
  | 'HUMAN'
  /** The market's move afterwards. */
  | 'MARKET'
  /** A model. */
  | 'MODEL';

/** A step of the flow; it may move freely. */
export type FlowPhase =
  /** What the market does. */
  | 'MARKET_ANALYSIS'
  /** What could go wrong. */
  | 'RISK_CHECK'
  /** What to do. */
  | 'TRADE_DECISION';

/** What a lesson of the server's is about. */
export type LessonCode =
  /** An agent's learned weight fell below 0.5. */
  | 'AGENT_DEGRADED'
  /** An agent's learned weight rose above 1.5. */
  | 'AGENT_EARNED_TRUST'
  /** It proved wrong, and some had been against it. */
  | 'DISSENT_VINDICATED'
  /** Three or more of the last five failures ended for the same reason. */
  | 'EXIT_REASON_CLUSTER'
  /** A loss of more than twice the median of the last 50, of 5 at least. */
  | 'LOSS_OUTLIER'
  /** An agent is right less often than it states: a tenth of stated confidence, 20 votes or more, a gap of more than 10 points. */
  | 'OVERCONFIDENT'
  /** Evidence overruled the majority of heads, and the majority was right. */
  | 'OVERRULED_MAJORITY_RIGHT'
  /** Evidence overruled the majority of heads, and the majority was wrong. */
  | 'OVERRULED_MAJORITY_WRONG'
  /** A success that lost, or a failure that won. */
  | 'PNL_SIGN_MISMATCH'
  /** All agreed, and it proved wrong. */
  | 'UNANIMOUS_MISS'
  /** An agent is right more often than it states, likewise. */
  | 'UNDERCONFIDENT';

/** Who says a lesson. */
export type LessonSource =
  /** A caller who did not say. */
  | 'CALLER'
  /** Feedback from the trade's own execution. */
  | 'EXECUTION'
  /** A person. */
  | 'HUMAN'
  /** Feedback from the market's move afterwards. */
  | 'MARKET'
  /** A model. */
  | 'MODEL'
  /** This server, from the numbers. */
  | 'SERVER';

/** Why there is no number. */
export type MeasureGap =
  /** Too few cases. */
  | 'NOT_ENOUGH_DATA'
  /** All cases are alike, so there is nothing to compare. */
  | 'NO_VARIATION';

/** Whether a message was said before the vote was complete. */
export type MessageStatus =
  /** It was: its ballot, if it casts one, stands in the vote. The closing message itself is in time, too. */
  | 'IN_TIME'
  /** It came after the closing message: shown, never counted. */
  | 'LATE';

/** What kind of message it is. */
export type MessageType =
  /** A finding. */
  | 'ANALYSIS'
  /** What was decided. */
  | 'DECISION'
  /** Thinking aloud. */
  | 'THOUGHT'
  /** A ballot. */
  | 'VOTE';

/** What became of a change. */
export type ParameterChangeStatus =
  /** Feedback made it by itself. */
  | 'APPLIED'
  /** It came into force. */
  | 'APPROVED'
  /** Nothing yet. */
  | 'PROPOSED'
  /** It did not. */
  | 'REJECTED'
  /** It was in force and is not any more. */
  | 'ROLLED_BACK';

/** How a decision turned out, as a whole: each feedback replaces the one before and is never added to it. What is left out stays as it was; null clears it. A decision takes at most 100 revisions, and 15 MiB with all its feedback: 200 agents and long lessons come to that sooner. The same again is no revision. */
export type RecordFeedbackInput = {
  /** The decision, 24 hex digits. */
  decisionId: string | number;
  /** Why the position was closed, at most 64 characters. */
  exitReason?: string | null | undefined;
  /** Refused as `CONFLICT` unless the decision is at this revision, or the key was stored before. */
  expectedRevision?: number | null | undefined;
  /** A key of the caller's own, 1 to 128 characters: said again with the same key, late or not, nothing changes. Of keys under which nothing differed, the newest 100 are remembered for each decision. */
  idempotencyKey?: string | null | undefined;
  /** Lessons to add to those found, in words: at most 20 of 1 to 500 characters. */
  lessonsLearned?: Array<string> | null | undefined;
  /** Of the whole trade, not of a part: for several fills send their sum. Profit, or loss below 0, net of fees, in the account's currency: at most 8 digits behind the point, at most 1,000,000,000,000,000 either way. A calculated one, of 15 digits or more, is rounded to the 8th. */
  pnl?: number | null | undefined;
  /** Where it comes from. */
  source?: FeedbackSource | null | undefined;
  /** Whether the decision proved right. Null, left out in the first feedback, or left out with `pnl: 0`: a scratch, neither right nor wrong; its pnl is 0 or null. */
  success?: boolean | null | undefined;
  /** How long the position was held, in seconds, 0 to 2,147,483,647. */
  timeHeld?: number | null | undefined;
};

/** What a token may allow. */
export type Scope =
  /** Deciding changes of a node's parameters. */
  | 'ADMIN'
  /** Queries and subscriptions. */
  | 'READ'
  /** Mutations. */
  | 'WRITE';

/** Which way something leans. */
export type Sentiment =
  /** Down. */
  | 'BEARISH'
  /** Up. */
  | 'BULLISH'
  /** Neither. */
  | 'NEUTRAL';

/** The mood of a message. */
export type Tone =
  /** At ease. */
  | 'CALM'
  /** Keen. */
  | 'EXCITED'
  /** As usual. */
  | 'NEUTRAL'
  /** It cannot wait. */
  | 'URGENT';

/** What can be done with a position. */
export type TradeAction =
  /** Open or add. */
  | 'BUY'
  /** Leave as it is. */
  | 'HOLD'
  /** Close or go short. */
  | 'SELL';

/** What kind of refusal it is. */
export type UserErrorCode =
  /** The agent is not one of those named at the start, or not the one the caller may speak for. */
  | 'AGENT_NOT_ALLOWED'
  /** The same identity or key was used before with other content. */
  | 'CONFLICT'
  /** There is no room until older messages are moved out of the conversation's document, which the server does by itself: the same may be taken later. */
  | 'CONVERSATION_FULL'
  /** A value is missing, misplaced, out of its range, or not of its type. */
  | 'INVALID'
  /** What the input names does not exist, or is not the caller's to see. */
  | 'NOT_FOUND'
  /** The vote is complete; nothing more is taken. What came is counted in `Conversation.lateRefused`. */
  | 'VOTING_CLOSED'
  /** The vote is not complete yet. */
  | 'VOTING_OPEN';

export type MeasurePartsFragment = { value: number | null, n: number, reason: MeasureGap | null, needed: number };

export type RatePartsFragment = { value: number, low: number, high: number, n: number };

export type CalibrationPartsFragment = { bins: Array<{ from: number, to: number, n: number, meanStated: number | null, hitRate: { value: number, low: number, high: number, n: number } | null }>, ece: { value: number | null, n: number, reason: MeasureGap | null, needed: number }, floor: { value: number | null, n: number, reason: MeasureGap | null, needed: number } };

export type DifferencePartsFragment = { value: number | null, low: number | null, high: number | null, n: number, changed: number, reason: MeasureGap | null, needed: number };

export type AgentsRecordQueryVariables = Exact<{
  userNodeId: string | number;
}>;


export type AgentsRecordQuery = { learningStats: { totalDecisions: number, totalPnl: number, topLessons: Array<{ lesson: string, count: number, source: LessonSource, text: string }>, consensus: { evaluatedDecisions: number, brier: number | null, successRate: { value: number, low: number, high: number, n: number } | null, brierSkill: { value: number | null, n: number, reason: MeasureGap | null, needed: number }, calibration: { bins: Array<{ from: number, to: number, n: number, meanStated: number | null, hitRate: { value: number, low: number, high: number, n: number } | null }>, ece: { value: number | null, n: number, reason: MeasureGap | null, needed: number }, floor: { value: number | null, n: number, reason: MeasureGap | null, needed: number } } } } | null, agentPerformance: Array<{ agentName: string, nearNames: Array<string>, evaluatedVotes: number, brier: number | null, learnedWeight: number, edge: number, hitRate: { value: number, low: number, high: number, n: number } | null, brierSkill: { value: number | null, n: number, reason: MeasureGap | null, needed: number }, calibration: { bins: Array<{ from: number, to: number, n: number, meanStated: number | null, hitRate: { value: number, low: number, high: number, n: number } | null }>, ece: { value: number | null, n: number, reason: MeasureGap | null, needed: number }, floor: { value: number | null, n: number, reason: MeasureGap | null, needed: number } } }> | null, nodeParameters: { version: number, quorum: number, rule: CountingRule, minConfidence: number, weights: Array<{ agentName: string, weight: number }> } | null };

export type AgentsWeightsQueryVariables = Exact<{
  userNodeId: string | number;
  first?: number | null | undefined;
  last: number;
}>;


export type AgentsWeightsQuery = { agentPerformance: Array<{ agentName: string, weightHistory: Array<{ seq: number, timestamp: string, learnedWeight: number, n: number }> }> | null };

export type AgentsDriftQueryVariables = Exact<{
  userNodeId: string | number;
}>;


export type AgentsDriftQuery = { agentDrift: Array<{ agentName: string, votes: number, reason: MeasureGap | null, needed: number, findings: Array<{ kind: DriftKind, text: string }> }> | null };

export type AgentsMajorityQueryVariables = Exact<{
  userNodeId: string | number;
}>;


export type AgentsMajorityQuery = { whatIf: { decisions: number, evaluated: number, changed: number, actualSuccess: { value: number, low: number, high: number, n: number } | null, counterfactualSuccess: { value: number, low: number, high: number, n: number } | null, successDifference: { value: number | null, low: number | null, high: number | null, n: number, changed: number, reason: MeasureGap | null, needed: number }, pnlDifference: { value: number | null, low: number | null, high: number | null, n: number, changed: number, reason: MeasureGap | null, needed: number }, pnlHistory: Array<{ seq: number, actual: number, counterfactual: number }> } | null };

export type AgentsProfitQueryVariables = Exact<{
  userNodeId: string | number;
  after?: string | null | undefined;
}>;


export type AgentsProfitQuery = { decisions: { edges: Array<{ cursor: string, node: { seq: number, timestamp: string, outcome: { pnl: number | null } | null } }>, pageInfo: { hasNextPage: boolean } } | null };

export type AgentsChangesQueryVariables = Exact<{
  userNodeId: string | number;
  status: ParameterChangeStatus;
}>;


export type AgentsChangesQuery = { parameterChanges: { edges: Array<{ node: { id: string, path: string, from: unknown, to: unknown, reason: string, decidedAt: string | null, version: number | null, rolledBackAt: string | null, rolledBackVersion: number | null } }>, pageInfo: { hasNextPage: boolean } } | null };

export type ListRowFragment = { id: string, executionId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string }, swarmVote: { totalAgents: number, consensus: { action: TradeAction, confidence: number | null, reason: ConsensusReason } | null }, outcome: { executed: boolean, action: TradeAction } | null, decision: { outcome: { result: DecisionResult, pnl: number | null } | null } | null };

export type ListPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ConversationFilter | null | undefined;
}>;


export type ListPageQuery = { conversations: { didYouMean: Array<string>, edges: Array<{ cursor: string, node: { id: string, executionId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string }, swarmVote: { totalAgents: number, consensus: { action: TradeAction, confidence: number | null, reason: ConsensusReason } | null }, outcome: { executed: boolean, action: TradeAction } | null, decision: { outcome: { result: DecisionResult, pnl: number | null } | null } | null } }>, pageInfo: { hasNextPage: boolean } } | null };

export type ListChangesSubscriptionVariables = Exact<{
  since?: string | null | undefined;
}>;


export type ListChangesSubscription = { conversationChanged: { id: string, executionId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string }, swarmVote: { totalAgents: number, consensus: { action: TradeAction, confidence: number | null, reason: ConsensusReason } | null }, outcome: { executed: boolean, action: TradeAction } | null, decision: { outcome: { result: DecisionResult, pnl: number | null } | null } | null } };

export type NodesPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type NodesPageQuery = { nodes: { edges: Array<{ node: { userNodeId: string, decisions: number, agents: Array<string>, parameterVersion: number, openProposals: number, lastDecision: { timestamp: string, decision: { type: DecisionType, action: string, symbol: string | null, confidence: number | null }, conversation: { executionId: string } | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type PlaygroundWhoQueryVariables = Exact<{ [key: string]: never; }>;


export type PlaygroundWhoQuery = { viewer: { id: string, grants: Array<Scope>, agentName: string | null, expiresAt: string | null } | null };

export type PlaygroundIdsQueryVariables = Exact<{ [key: string]: never; }>;


export type PlaygroundIdsQuery = { conversations: { edges: Array<{ node: { executionId: string, userNodeId: string, decision: { id: string, outcome: { success: boolean } | null } | null } }> } | null };

export type RoomMessageFragment = { id: string, seq: number, agentName: string, agentRole: string, aiModel: string | null, promptVersion: string | null, messageType: MessageType, phase: FlowPhase, status: MessageStatus, replyToSeq: number | null, timestamp: string, content: { text: string, confidence: number | null, sentiment: Sentiment | null, data: unknown }, vote: { action: TradeAction | null, confidence: number | null, weight: number, abstention: Abstention | null } | null, ui: { tone: Tone | null, icon: string | null, color: string | null } | null };

export type RoomHeadFragment = { id: string, executionId: string, flowId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string, phase: FlowPhase }, swarmVote: { totalAgents: number, quorum: number, neededBallots: number, rule: CountingRule, parameterVersion: number, deadline: string | null, votingCompleted: string | null, votes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, lateVotes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, consensus: { action: TradeAction, confidence: number | null, agreement: number, isUnanimous: boolean, reason: ConsensusReason } | null, explanation: { dissenters: Array<string>, runnerUp: TradeAction | null, margin: number | null, agents: Array<{ agentName: string, share: number }>, pivotalAgents: Array<{ agentName: string, changes: Array<{ vote: TradeAction | null, action: TradeAction }> }> } | null }, outcome: { executed: boolean, action: TradeAction, reasoning: string | null, timestamp: string } | null, decision: { id: string, seq: number, revision: number, outcome: { result: DecisionResult, pnl: number | null, timeHeld: number | null, exitReason: string | null } | null, learning: { confidenceAccuracy: number | null, lessons: Array<{ code: LessonCode | null, text: string, source: LessonSource }> } | null } | null };

export type RoomBallotFragment = { agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null };

export type RoomVoteFragment = { totalAgents: number, quorum: number, neededBallots: number, rule: CountingRule, parameterVersion: number, deadline: string | null, votingCompleted: string | null, votes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, lateVotes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, consensus: { action: TradeAction, confidence: number | null, agreement: number, isUnanimous: boolean, reason: ConsensusReason } | null, explanation: { dissenters: Array<string>, runnerUp: TradeAction | null, margin: number | null, agents: Array<{ agentName: string, share: number }>, pivotalAgents: Array<{ agentName: string, changes: Array<{ vote: TradeAction | null, action: TradeAction }> }> } | null };

export type RoomQueryVariables = Exact<{
  executionId: string | number;
  asOfSeq?: number | null | undefined;
  last: number;
}>;


export type RoomQuery = { conversation: { id: string, executionId: string, flowId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, messages: { edges: Array<{ node: { id: string, seq: number, agentName: string, agentRole: string, aiModel: string | null, promptVersion: string | null, messageType: MessageType, phase: FlowPhase, status: MessageStatus, replyToSeq: number | null, timestamp: string, content: { text: string, confidence: number | null, sentiment: Sentiment | null, data: unknown }, vote: { action: TradeAction | null, confidence: number | null, weight: number, abstention: Abstention | null } | null, ui: { tone: Tone | null, icon: string | null, color: string | null } | null } }> }, context: { symbol: string, phase: FlowPhase }, swarmVote: { totalAgents: number, quorum: number, neededBallots: number, rule: CountingRule, parameterVersion: number, deadline: string | null, votingCompleted: string | null, votes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, lateVotes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, consensus: { action: TradeAction, confidence: number | null, agreement: number, isUnanimous: boolean, reason: ConsensusReason } | null, explanation: { dissenters: Array<string>, runnerUp: TradeAction | null, margin: number | null, agents: Array<{ agentName: string, share: number }>, pivotalAgents: Array<{ agentName: string, changes: Array<{ vote: TradeAction | null, action: TradeAction }> }> } | null }, outcome: { executed: boolean, action: TradeAction, reasoning: string | null, timestamp: string } | null, decision: { id: string, seq: number, revision: number, outcome: { result: DecisionResult, pnl: number | null, timeHeld: number | null, exitReason: string | null } | null, learning: { confidenceAccuracy: number | null, lessons: Array<{ code: LessonCode | null, text: string, source: LessonSource }> } | null } | null } | null };

export type RoomPageQueryVariables = Exact<{
  executionId: string | number;
  afterSeq?: number | null | undefined;
  beforeSeq?: number | null | undefined;
  first?: number | null | undefined;
  last?: number | null | undefined;
}>;


export type RoomPageQuery = { conversation: { messages: { edges: Array<{ node: { id: string, seq: number, agentName: string, agentRole: string, aiModel: string | null, promptVersion: string | null, messageType: MessageType, phase: FlowPhase, status: MessageStatus, replyToSeq: number | null, timestamp: string, content: { text: string, confidence: number | null, sentiment: Sentiment | null, data: unknown }, vote: { action: TradeAction | null, confidence: number | null, weight: number, abstention: Abstention | null } | null, ui: { tone: Tone | null, icon: string | null, color: string | null } | null } }> } } | null };

export type RoomMessagesSubscriptionVariables = Exact<{
  executionId: string | number;
  afterSeq: number;
}>;


export type RoomMessagesSubscription = { messageAdded: { id: string, seq: number, agentName: string, agentRole: string, aiModel: string | null, promptVersion: string | null, messageType: MessageType, phase: FlowPhase, status: MessageStatus, replyToSeq: number | null, timestamp: string, content: { text: string, confidence: number | null, sentiment: Sentiment | null, data: unknown }, vote: { action: TradeAction | null, confidence: number | null, weight: number, abstention: Abstention | null } | null, ui: { tone: Tone | null, icon: string | null, color: string | null } | null } };

export type RoomChangesSubscriptionVariables = Exact<{
  executionId: string | number;
}>;


export type RoomChangesSubscription = { conversationChanged: { id: string, executionId: string, flowId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string, phase: FlowPhase }, swarmVote: { totalAgents: number, quorum: number, neededBallots: number, rule: CountingRule, parameterVersion: number, deadline: string | null, votingCompleted: string | null, votes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, lateVotes: Array<{ agentName: string, status: BallotStatus, seq: number | null, action: TradeAction | null, confidence: number | null, weight: number | null, abstention: Abstention | null }>, consensus: { action: TradeAction, confidence: number | null, agreement: number, isUnanimous: boolean, reason: ConsensusReason } | null, explanation: { dissenters: Array<string>, runnerUp: TradeAction | null, margin: number | null, agents: Array<{ agentName: string, share: number }>, pivotalAgents: Array<{ agentName: string, changes: Array<{ vote: TradeAction | null, action: TradeAction }> }> } | null }, outcome: { executed: boolean, action: TradeAction, reasoning: string | null, timestamp: string } | null, decision: { id: string, seq: number, revision: number, outcome: { result: DecisionResult, pnl: number | null, timeHeld: number | null, exitReason: string | null } | null, learning: { confidenceAccuracy: number | null, lessons: Array<{ code: LessonCode | null, text: string, source: LessonSource }> } | null } | null } };

export type RoomFeedbackMutationVariables = Exact<{
  input: RecordFeedbackInput;
}>;


export type RoomFeedbackMutation = { recordFeedback: { decisionLog: { id: string, revision: number } | null, userErrors: Array<{ code: UserErrorCode, message: string, field: Array<string> | null }> } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RatePartsFragmentDoc = new TypedDocumentString(`
    fragment RateParts on Rate {
  value
  low
  high
  n
}
    `, {"fragmentName":"RateParts"}) as unknown as TypedDocumentString<RatePartsFragment, unknown>;
export const MeasurePartsFragmentDoc = new TypedDocumentString(`
    fragment MeasureParts on Measure {
  value
  n
  reason
  needed
}
    `, {"fragmentName":"MeasureParts"}) as unknown as TypedDocumentString<MeasurePartsFragment, unknown>;
export const CalibrationPartsFragmentDoc = new TypedDocumentString(`
    fragment CalibrationParts on Calibration {
  bins {
    from
    to
    n
    meanStated
    hitRate {
      ...RateParts
    }
  }
  ece {
    ...MeasureParts
  }
  floor {
    ...MeasureParts
  }
}
    fragment MeasureParts on Measure {
  value
  n
  reason
  needed
}
fragment RateParts on Rate {
  value
  low
  high
  n
}`, {"fragmentName":"CalibrationParts"}) as unknown as TypedDocumentString<CalibrationPartsFragment, unknown>;
export const DifferencePartsFragmentDoc = new TypedDocumentString(`
    fragment DifferenceParts on Difference {
  value
  low
  high
  n
  changed
  reason
  needed
}
    `, {"fragmentName":"DifferenceParts"}) as unknown as TypedDocumentString<DifferencePartsFragment, unknown>;
export const ListRowFragmentDoc = new TypedDocumentString(`
    fragment ListRow on Conversation {
  id
  executionId
  userNodeId
  status
  context {
    symbol
  }
  lastSeq
  swarmVote {
    totalAgents
    consensus {
      action
      confidence
      reason
    }
  }
  outcome {
    executed
    action
  }
  decision {
    outcome {
      result
      pnl
    }
  }
  createdAt
  updatedAt
}
    `, {"fragmentName":"ListRow"}) as unknown as TypedDocumentString<ListRowFragment, unknown>;
export const RoomMessageFragmentDoc = new TypedDocumentString(`
    fragment RoomMessage on Message {
  id
  seq
  agentName
  agentRole
  aiModel
  promptVersion
  messageType
  phase
  status
  replyToSeq
  content {
    text
    confidence
    sentiment
    data
  }
  vote {
    action
    confidence
    weight
    abstention
  }
  timestamp
  ui {
    tone
    icon
    color
  }
}
    `, {"fragmentName":"RoomMessage"}) as unknown as TypedDocumentString<RoomMessageFragment, unknown>;
export const RoomBallotFragmentDoc = new TypedDocumentString(`
    fragment RoomBallot on AgentVote {
  agentName
  status
  seq
  action
  confidence
  weight
  abstention
}
    `, {"fragmentName":"RoomBallot"}) as unknown as TypedDocumentString<RoomBallotFragment, unknown>;
export const RoomVoteFragmentDoc = new TypedDocumentString(`
    fragment RoomVote on SwarmVote {
  totalAgents
  quorum
  neededBallots
  rule
  parameterVersion
  deadline
  votingCompleted
  votes {
    ...RoomBallot
  }
  lateVotes {
    ...RoomBallot
  }
  consensus {
    action
    confidence
    agreement
    isUnanimous
    reason
  }
  explanation {
    dissenters
    runnerUp
    margin
    agents {
      agentName
      share
    }
    pivotalAgents {
      agentName
      changes {
        vote
        action
      }
    }
  }
}
    fragment RoomBallot on AgentVote {
  agentName
  status
  seq
  action
  confidence
  weight
  abstention
}`, {"fragmentName":"RoomVote"}) as unknown as TypedDocumentString<RoomVoteFragment, unknown>;
export const RoomHeadFragmentDoc = new TypedDocumentString(`
    fragment RoomHead on Conversation {
  id
  executionId
  flowId
  userNodeId
  status
  context {
    symbol
    phase
  }
  lastSeq
  swarmVote {
    ...RoomVote
  }
  outcome {
    executed
    action
    reasoning
    timestamp
  }
  decision {
    id
    seq
    revision
    outcome {
      result
      pnl
      timeHeld
      exitReason
    }
    learning {
      confidenceAccuracy
      lessons {
        code
        text
        source
      }
    }
  }
  createdAt
  updatedAt
}
    fragment RoomBallot on AgentVote {
  agentName
  status
  seq
  action
  confidence
  weight
  abstention
}
fragment RoomVote on SwarmVote {
  totalAgents
  quorum
  neededBallots
  rule
  parameterVersion
  deadline
  votingCompleted
  votes {
    ...RoomBallot
  }
  lateVotes {
    ...RoomBallot
  }
  consensus {
    action
    confidence
    agreement
    isUnanimous
    reason
  }
  explanation {
    dissenters
    runnerUp
    margin
    agents {
      agentName
      share
    }
    pivotalAgents {
      agentName
      changes {
        vote
        action
      }
    }
  }
}`, {"fragmentName":"RoomHead"}) as unknown as TypedDocumentString<RoomHeadFragment, unknown>;
export const AgentsRecordDocument = new TypedDocumentString(`
    query AgentsRecord($userNodeId: ID!) {
  learningStats(userNodeId: $userNodeId) {
    totalDecisions
    totalPnl
    topLessons {
      lesson
      count
      source
      text
    }
    consensus {
      evaluatedDecisions
      successRate {
        ...RateParts
      }
      brier
      brierSkill {
        ...MeasureParts
      }
      calibration {
        ...CalibrationParts
      }
    }
  }
  agentPerformance(userNodeId: $userNodeId) {
    agentName
    nearNames
    evaluatedVotes
    hitRate {
      ...RateParts
    }
    brier
    brierSkill {
      ...MeasureParts
    }
    learnedWeight
    edge
    calibration {
      ...CalibrationParts
    }
  }
  nodeParameters(userNodeId: $userNodeId) {
    version
    quorum
    rule
    minConfidence
    weights {
      agentName
      weight
    }
  }
}
    fragment MeasureParts on Measure {
  value
  n
  reason
  needed
}
fragment RateParts on Rate {
  value
  low
  high
  n
}
fragment CalibrationParts on Calibration {
  bins {
    from
    to
    n
    meanStated
    hitRate {
      ...RateParts
    }
  }
  ece {
    ...MeasureParts
  }
  floor {
    ...MeasureParts
  }
}`) as unknown as TypedDocumentString<AgentsRecordQuery, AgentsRecordQueryVariables>;
export const AgentsWeightsDocument = new TypedDocumentString(`
    query AgentsWeights($userNodeId: ID!, $first: Int, $last: Int!) {
  agentPerformance(userNodeId: $userNodeId, first: $first) {
    agentName
    weightHistory(last: $last) {
      seq
      timestamp
      learnedWeight
      n
    }
  }
}
    `) as unknown as TypedDocumentString<AgentsWeightsQuery, AgentsWeightsQueryVariables>;
export const AgentsDriftDocument = new TypedDocumentString(`
    query AgentsDrift($userNodeId: ID!) {
  agentDrift(userNodeId: $userNodeId) {
    agentName
    votes
    reason
    needed
    findings {
      kind
      text
    }
  }
}
    `) as unknown as TypedDocumentString<AgentsDriftQuery, AgentsDriftQueryVariables>;
export const AgentsMajorityDocument = new TypedDocumentString(`
    query AgentsMajority($userNodeId: ID!) {
  whatIf(input: {userNodeId: $userNodeId, rule: MAJORITY, last: 1000}) {
    decisions
    evaluated
    changed
    actualSuccess {
      ...RateParts
    }
    counterfactualSuccess {
      ...RateParts
    }
    successDifference {
      ...DifferenceParts
    }
    pnlDifference {
      ...DifferenceParts
    }
    pnlHistory {
      seq
      actual
      counterfactual
    }
  }
}
    fragment RateParts on Rate {
  value
  low
  high
  n
}
fragment DifferenceParts on Difference {
  value
  low
  high
  n
  changed
  reason
  needed
}`) as unknown as TypedDocumentString<AgentsMajorityQuery, AgentsMajorityQueryVariables>;
export const AgentsProfitDocument = new TypedDocumentString(`
    query AgentsProfit($userNodeId: ID!, $after: String) {
  decisions(userNodeId: $userNodeId, first: 100, after: $after) {
    edges {
      cursor
      node {
        seq
        timestamp
        outcome {
          pnl
        }
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<AgentsProfitQuery, AgentsProfitQueryVariables>;
export const AgentsChangesDocument = new TypedDocumentString(`
    query AgentsChanges($userNodeId: ID!, $status: ParameterChangeStatus!) {
  parameterChanges(userNodeId: $userNodeId, first: 100, filter: {status: $status}) {
    edges {
      node {
        id
        path
        from
        to
        reason
        decidedAt
        version
        rolledBackAt
        rolledBackVersion
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    `) as unknown as TypedDocumentString<AgentsChangesQuery, AgentsChangesQueryVariables>;
export const ListPageDocument = new TypedDocumentString(`
    query ListPage($first: Int!, $after: String, $filter: ConversationFilter) {
  conversations(first: $first, after: $after, filter: $filter) {
    didYouMean
    edges {
      cursor
      node {
        ...ListRow
      }
    }
    pageInfo {
      hasNextPage
    }
  }
}
    fragment ListRow on Conversation {
  id
  executionId
  userNodeId
  status
  context {
    symbol
  }
  lastSeq
  swarmVote {
    totalAgents
    consensus {
      action
      confidence
      reason
    }
  }
  outcome {
    executed
    action
  }
  decision {
    outcome {
      result
      pnl
    }
  }
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<ListPageQuery, ListPageQueryVariables>;
export const ListChangesDocument = new TypedDocumentString(`
    subscription ListChanges($since: DateTime) {
  conversationChanged(since: $since) {
    ...ListRow
  }
}
    fragment ListRow on Conversation {
  id
  executionId
  userNodeId
  status
  context {
    symbol
  }
  lastSeq
  swarmVote {
    totalAgents
    consensus {
      action
      confidence
      reason
    }
  }
  outcome {
    executed
    action
  }
  decision {
    outcome {
      result
      pnl
    }
  }
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<ListChangesSubscription, ListChangesSubscriptionVariables>;
export const NodesPageDocument = new TypedDocumentString(`
    query NodesPage($first: Int!, $after: String) {
  nodes(first: $first, after: $after) {
    edges {
      node {
        userNodeId
        decisions
        lastDecision {
          decision {
            type
            action
            symbol
            confidence
          }
          timestamp
          conversation {
            executionId
          }
        }
        agents
        parameterVersion
        openProposals
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<NodesPageQuery, NodesPageQueryVariables>;
export const PlaygroundWhoDocument = new TypedDocumentString(`
    query PlaygroundWho {
  viewer {
    id
    grants
    agentName
    expiresAt
  }
}
    `) as unknown as TypedDocumentString<PlaygroundWhoQuery, PlaygroundWhoQueryVariables>;
export const PlaygroundIdsDocument = new TypedDocumentString(`
    query PlaygroundIds {
  conversations(first: 20) {
    edges {
      node {
        executionId
        userNodeId
        decision {
          id
          outcome {
            success
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlaygroundIdsQuery, PlaygroundIdsQueryVariables>;
export const RoomDocument = new TypedDocumentString(`
    query Room($executionId: ID!, $asOfSeq: Int, $last: Int!) {
  conversation(executionId: $executionId, asOfSeq: $asOfSeq) {
    ...RoomHead
    messages(last: $last) {
      edges {
        node {
          ...RoomMessage
        }
      }
    }
  }
}
    fragment RoomMessage on Message {
  id
  seq
  agentName
  agentRole
  aiModel
  promptVersion
  messageType
  phase
  status
  replyToSeq
  content {
    text
    confidence
    sentiment
    data
  }
  vote {
    action
    confidence
    weight
    abstention
  }
  timestamp
  ui {
    tone
    icon
    color
  }
}
fragment RoomHead on Conversation {
  id
  executionId
  flowId
  userNodeId
  status
  context {
    symbol
    phase
  }
  lastSeq
  swarmVote {
    ...RoomVote
  }
  outcome {
    executed
    action
    reasoning
    timestamp
  }
  decision {
    id
    seq
    revision
    outcome {
      result
      pnl
      timeHeld
      exitReason
    }
    learning {
      confidenceAccuracy
      lessons {
        code
        text
        source
      }
    }
  }
  createdAt
  updatedAt
}
fragment RoomBallot on AgentVote {
  agentName
  status
  seq
  action
  confidence
  weight
  abstention
}
fragment RoomVote on SwarmVote {
  totalAgents
  quorum
  neededBallots
  rule
  parameterVersion
  deadline
  votingCompleted
  votes {
    ...RoomBallot
  }
  lateVotes {
    ...RoomBallot
  }
  consensus {
    action
    confidence
    agreement
    isUnanimous
    reason
  }
  explanation {
    dissenters
    runnerUp
    margin
    agents {
      agentName
      share
    }
    pivotalAgents {
      agentName
      changes {
        vote
        action
      }
    }
  }
}`) as unknown as TypedDocumentString<RoomQuery, RoomQueryVariables>;
export const RoomPageDocument = new TypedDocumentString(`
    query RoomPage($executionId: ID!, $afterSeq: Int, $beforeSeq: Int, $first: Int, $last: Int) {
  conversation(executionId: $executionId) {
    messages(afterSeq: $afterSeq, beforeSeq: $beforeSeq, first: $first, last: $last) {
      edges {
        node {
          ...RoomMessage
        }
      }
    }
  }
}
    fragment RoomMessage on Message {
  id
  seq
  agentName
  agentRole
  aiModel
  promptVersion
  messageType
  phase
  status
  replyToSeq
  content {
    text
    confidence
    sentiment
    data
  }
  vote {
    action
    confidence
    weight
    abstention
  }
  timestamp
  ui {
    tone
    icon
    color
  }
}`) as unknown as TypedDocumentString<RoomPageQuery, RoomPageQueryVariables>;
export const RoomMessagesDocument = new TypedDocumentString(`
    subscription RoomMessages($executionId: ID!, $afterSeq: Int!) {
  messageAdded(executionId: $executionId, afterSeq: $afterSeq) {
    ...RoomMessage
  }
}
    fragment RoomMessage on Message {
  id
  seq
  agentName
  agentRole
  aiModel
  promptVersion
  messageType
  phase
  status
  replyToSeq
  content {
    text
    confidence
    sentiment
    data
  }
  vote {
    action
    confidence
    weight
    abstention
  }
  timestamp
  ui {
    tone
    icon
    color
  }
}`) as unknown as TypedDocumentString<RoomMessagesSubscription, RoomMessagesSubscriptionVariables>;
export const RoomChangesDocument = new TypedDocumentString(`
    subscription RoomChanges($executionId: ID!) {
  conversationChanged(executionId: $executionId) {
    ...RoomHead
  }
}
    fragment RoomHead on Conversation {
  id
  executionId
  flowId
  userNodeId
  status
  context {
    symbol
    phase
  }
  lastSeq
  swarmVote {
    ...RoomVote
  }
  outcome {
    executed
    action
    reasoning
    timestamp
  }
  decision {
    id
    seq
    revision
    outcome {
      result
      pnl
      timeHeld
      exitReason
    }
    learning {
      confidenceAccuracy
      lessons {
        code
        text
        source
      }
    }
  }
  createdAt
  updatedAt
}
fragment RoomBallot on AgentVote {
  agentName
  status
  seq
  action
  confidence
  weight
  abstention
}
fragment RoomVote on SwarmVote {
  totalAgents
  quorum
  neededBallots
  rule
  parameterVersion
  deadline
  votingCompleted
  votes {
    ...RoomBallot
  }
  lateVotes {
    ...RoomBallot
  }
  consensus {
    action
    confidence
    agreement
    isUnanimous
    reason
  }
  explanation {
    dissenters
    runnerUp
    margin
    agents {
      agentName
      share
    }
    pivotalAgents {
      agentName
      changes {
        vote
        action
      }
    }
  }
}`) as unknown as TypedDocumentString<RoomChangesSubscription, RoomChangesSubscriptionVariables>;
export const RoomFeedbackDocument = new TypedDocumentString(`
    mutation RoomFeedback($input: RecordFeedbackInput!) {
  recordFeedback(input: $input) {
    decisionLog {
      id
      revision
    }
    userErrors {
      code
      message
      field
    }
  }
}
    `) as unknown as TypedDocumentString<RoomFeedbackMutation, RoomFeedbackMutationVariables>;