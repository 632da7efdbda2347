import type { Action } from './market.js';

/** The words of the API this client uses, and the shape of their answers. */

export interface UserError {
  code: string;
  message: string;
}

export interface Payload {
  userErrors: UserError[];
}

export interface StartConversationData {
  startConversation: Payload & { conversation: { createdAt: string } };
}

export const START_CONVERSATION = `mutation StartConversation($input: StartConversationInput!) {
  startConversation(input: $input) { conversation { createdAt } userErrors { code message } }
}`;

export interface AddMessageData {
  addMessage: Payload;
}

export const ADD_MESSAGE = `mutation AddMessage($input: AddMessageInput!) {
  addMessage(input: $input) { duplicate userErrors { code message } }
}`;

export interface RecordOutcomeData {
  recordOutcome: Payload;
}

export const RECORD_OUTCOME = `mutation RecordOutcome($input: RecordOutcomeInput!) {
  recordOutcome(input: $input) { userErrors { code message } }
}`;

export interface RecordFeedbackData {
  recordFeedback: Payload;
}

export const RECORD_FEEDBACK = `mutation RecordFeedback($input: RecordFeedbackInput!) {
  recordFeedback(input: $input) { duplicate userErrors { code message } }
}`;

export interface VerdictData {
  conversation: {
    status: 'IN_PROGRESS' | 'VOTING' | 'COMPLETED';
    decision: { id: string; decision: { action: Action } } | null;
  } | null;
}

export const VERDICT = `query Verdict($executionId: ID!) {
  conversation(executionId: $executionId) { status decision { id decision { action } } }
}`;

export interface MessageEvent {
  seq: number;
  agentName: string;
  messageType: 'THOUGHT' | 'ANALYSIS' | 'VOTE' | 'DECISION';
  content: { text: string };
  vote: { action: Action | null; confidence: number | null; abstention: string | null } | null;
}

export interface MessageAddedData {
  messageAdded: MessageEvent;
}

export const MESSAGE_ADDED = `subscription MessageAdded($executionId: ID!, $afterSeq: Int) {
  messageAdded(executionId: $executionId, afterSeq: $afterSeq) {
    seq agentName messageType content { text } vote { action confidence abstention }
  }
}`;

export interface VoteEvent {
  votingCompleted: string;
  conversation: { executionId: string };
  consensus: { action: Action; confidence: number | null; agreement: number; reason: string };
}

export interface VoteCompletedData {
  voteCompleted: VoteEvent;
}

export const VOTE_COMPLETED = `subscription VoteCompleted($since: DateTime) {
  voteCompleted(since: $since) {
    votingCompleted conversation { executionId } consensus { action confidence agreement reason }
  }
}`;

export interface AgentVote {
  agentName: string;
  status: 'COUNTED' | 'ADVISORY' | 'ABSTAINED' | 'FAILED' | 'MISSING' | 'LATE';
  action: Action | null;
  /** Whole percent. */
  confidence: number | null;
}

export interface DecisionNode {
  /** Its number within its node. */
  seq: number;
  decision: { action: Action; confidence: number | null };
  context: { marketConditions: { date?: string; close?: number; holdBand?: number } | null };
  outcome: { result: 'SUCCESS' | 'FAILURE' | 'SCRATCH'; success: boolean; pnl: number | null } | null;
  /** Those that came late and are evaluated. */
  lateVotes: AgentVote[];
  conversation: {
    executionId: string;
    lastSeq: number;
    swarmVote: { consensus: { reason: string } | null; votes: AgentVote[] };
  } | null;
}

export interface DecisionsData {
  decisions: {
    edges: { node: DecisionNode }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

export const DECISIONS = `query Decisions($userNodeId: ID!, $first: Int!, $after: String) {
  decisions(userNodeId: $userNodeId, first: $first, after: $after) {
    edges {
      node {
        seq
        decision { action confidence }
        context { marketConditions }
        outcome { result success pnl }
        lateVotes { agentName status action confidence }
        conversation {
          executionId
          lastSeq
          swarmVote { consensus { reason } votes { agentName status action confidence } }
        }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

export interface Performance {
  agentName: string;
  evaluatedVotes: number;
  hitRate: { value: number; low: number; high: number; n: number } | null;
  brier: number | null;
  learnedWeight: number;
  /** Currency units. */
  pnlAttributed: number;
}

export interface AgentPerformanceData {
  agentPerformance: Performance[];
}

export const AGENT_PERFORMANCE = `query AgentPerformance($userNodeId: ID!) {
  agentPerformance(userNodeId: $userNodeId) {
    agentName evaluatedVotes hitRate { value low high n } brier learnedWeight pnlAttributed
  }
}`;
