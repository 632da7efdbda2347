import type { Json } from '../domain/message.js';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ConversationModel, LearningStatsModel, ConversationAnswer, MessageAnswer } from '../graphql/models.js';
import type { DecisionLog as DecisionLogModel } from '../domain/decision.js';
import type { Message as MessageModel } from '../domain/message.js';
import type { SwarmVote as SwarmVoteModel } from '../domain/voting.js';
import type { Context } from '../graphql/context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An instant in UTC as RFC 3339 text, `2025-11-22T13:09:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** Any JSON value. Only for what an agent or a trading system shapes itself. */
  JSON: { input: Json; output: Json; }
};

/** Why an agent gave no action. None of these is a hold. */
export type Abstention =
  /** It would rather not say. */
  | 'abstained'
  /** Its model failed. */
  | 'model_error'
  /** It had nothing to judge by. */
  | 'no_data'
  /** Its answer could not be read. */
  | 'parse_error'
  /** It did not answer in time. */
  | 'timed_out';

/** What was counted for one action. */
export type ActionResult = {
  /** The sum of weight × confidence over them. */
  totalConfidence: Scalars['Float']['output'];
  /** How many counted ballots it has. */
  votes: Scalars['Int']['output'];
};

/** What `addMessage` takes. */
export type AddMessageInput = {
  /** Who says it: 1 to 64 of `A-Z a-z 0-9 _ -`, not `swarm`. */
  agentName: Scalars['String']['input'];
  /** What the agent is there for, 1 to 64 characters. */
  agentRole: Scalars['String']['input'];
  /** The model behind it, at most 64 characters. */
  aiModel?: InputMaybe<Scalars['String']['input']>;
  /** What is said. */
  content: MessageContentInput;
  /** The execution, 24 hex digits. */
  executionId: Scalars['ID']['input'];
  /** A key of the caller's own, 1 to 128 characters: said again with the same key, it is stored once. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What kind of message it is. */
  messageType: MessageType;
  /** The phase the conversation enters with this message. */
  phase?: InputMaybe<FlowPhase>;
  /** The version of the prompt or program that speaks, at most 64 characters. */
  promptVersion?: InputMaybe<Scalars['String']['input']>;
  /** The `seq` of the message it answers. */
  replyToSeq?: InputMaybe<Scalars['Int']['input']>;
  /** How a screen may draw it. */
  ui?: InputMaybe<MessageUiInput>;
  /** The ballot; wanted on a `VOTE`, refused elsewhere. */
  vote?: InputMaybe<VoteInput>;
};

/** What `addMessage` answers. */
export type AddMessagePayload = {
  /** The conversation it was added to, null when it is not to be seen. */
  conversation: Maybe<Conversation>;
  /** Whether this key was stored before and nothing was added now. */
  duplicate: Scalars['Boolean']['output'];
  /** The message; on `CONFLICT` the one stored under that key. */
  message: Maybe<Message>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** How one agent's votes for one node turned out. */
export type AgentPerformance = {
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** The mean of (stated confidence − right)², 0 to 1, lower is better; null when there is none. */
  brier: Maybe<Scalars['Float']['output']>;
  /** How many of its ballots have an outcome. */
  evaluatedVotes: Scalars['Int']['output'];
  /** The share of them that proved right, null when there is none. */
  hitRate: Maybe<Rate>;
  /** 1 is as trusted as a newcomer, 0 is not listened to. */
  learnedWeight: Scalars['Float']['output'];
  /** The part of the decisions' pnl that its evidence carried, in the account's currency. */
  pnlAttributed: Scalars['Float']['output'];
};

/** Where one agent stands in a vote. */
export type AgentVote = {
  /** Why the agent gave no action, null when it gave one or cast no ballot. */
  abstention: Maybe<Abstention>;
  /** What the agent would do, null without a ballot and when it abstained. */
  action: Maybe<TradeAction>;
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** The agent's stated chance that its action proves right, in percent; null as `action` is. */
  confidence: Maybe<Scalars['Int']['output']>;
  /** The message that cast it, null when there is none. */
  seq: Maybe<Scalars['Int']['output']>;
  /** Whether its ballot counts, and if not, why. */
  status: BallotStatus;
  /** When it was cast, null when there is none. */
  timestamp: Maybe<Scalars['DateTime']['output']>;
  /** Null when there is no ballot. */
  weight: Maybe<Scalars['Int']['output']>;
};

/** Whether a ballot counts, and if not, why. */
export type BallotStatus =
  /** `ABSTAINED` or `NO_DATA`. */
  | 'abstained'
  /** Weight 0: shown and evaluated later, not counted. */
  | 'advisory'
  /** An action with a weight above 0. */
  | 'counted'
  /** The agent tried and failed: `MODEL_ERROR`, `PARSE_ERROR`, `TIMED_OUT`. */
  | 'failed'
  /** Named at the start and not heard of. */
  | 'missing';

/** What `closeVoting` takes. It answers the same when called again. */
export type CloseVotingInput = {
  /** The execution, 24 hex digits. */
  executionId: Scalars['ID']['input'];
};

/** What `closeVoting` answers. */
export type CloseVotingPayload = {
  /** The completed vote, null when it was refused. */
  swarmVote: Maybe<SwarmVote>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** What the swarm settled on. */
export type Consensus = {
  /** What it would do. */
  action: TradeAction;
  /** The share of the counted weight behind the action, in percent. */
  agreement: Scalars['Int']['output'];
  /** How likely the action is to prove right in percent, as far as the record tells; null without a quorum. */
  confidence: Maybe<Scalars['Int']['output']>;
  /** Whether a quorum of at least two was counted and all agreed. */
  isUnanimous: Scalars['Boolean']['output'];
  /** What decided it. */
  reason: ConsensusReason;
};

/** What decided a consensus. */
export type ConsensusReason =
  /** It had the most evidence. */
  | 'evidence'
  /** Too few ballots were counted, so nothing is done. */
  | 'no_quorum'
  /** Nobody's word carries evidence, so plain weight decided. */
  | 'plurality'
  /** Two actions were level, so nothing is done. */
  | 'tie';

/** What the agents of one execution said, how they voted and what came of it. */
export type Conversation = {
  /** What it is about and how far it is. */
  context: ConversationContext;
  /** When it was started. */
  createdAt: Scalars['DateTime']['output'];
  /** The decision logged for it, null until the vote is complete, and when no ballot was counted. */
  decision: Maybe<DecisionLog>;
  /** The execution it belongs to; one conversation each. */
  executionId: Scalars['ID']['output'];
  /** The flow the execution is a run of. */
  flowId: Scalars['ID']['output'];
  /** Its id, 24 hex digits. */
  id: Scalars['ID']['output'];
  /** The number of the newest message, 0 before the first. */
  lastSeq: Scalars['Int']['output'];
  /** Oldest first. Give `first` and `after`, or `last` and `before`, 1 to 100; without arguments the first 100. */
  messages: MessageConnection;
  /** What was done in the end, null until then. */
  outcome: Maybe<ConversationOutcome>;
  /** How far it is. */
  status: ConversationStatus;
  /** The vote, complete or not. */
  swarmVote: SwarmVote;
  /** When anything in it, or the outcome of its decision, last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** The node the swarm decides for; its decisions and what it learns are kept by it. */
  userNodeId: Scalars['ID']['output'];
};


/** What the agents of one execution said, how they voted and what came of it. */
export type ConversationMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of conversations. */
export type ConversationConnection = {
  /** The conversations, newest first. */
  edges: Array<ConversationEdge>;
  /** Whether and where to go on. */
  pageInfo: PageInfo;
};

/** What a conversation is about and how far it is. */
export type ConversationContext = {
  /** What the swarm is doing; it follows the status. */
  action: SwarmAction;
  /** The step of the flow; set at the start and by messages. */
  phase: FlowPhase;
  /** What is traded. */
  symbol: Scalars['String']['output'];
};

/** One conversation of a page. */
export type ConversationEdge = {
  /** Where this conversation is in the list. */
  cursor: Scalars['String']['output'];
  /** The conversation. */
  node: Conversation;
};

/** Which conversations; all of it must match. */
export type ConversationFilter = {
  /** Only those of this flow. */
  flowId?: InputMaybe<Scalars['ID']['input']>;
  /** Only those of this status. */
  status?: InputMaybe<ConversationStatus>;
  /** Only those on this symbol. */
  symbol?: InputMaybe<Scalars['String']['input']>;
  /** Only those changed at this instant or later. */
  updatedSince?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only those of this node. */
  userNodeId?: InputMaybe<Scalars['ID']['input']>;
};

/** What was done with the swarm's choice. */
export type ConversationOutcome = {
  /** What was done, or would have been. */
  action: TradeAction;
  /** Whether anything was done. */
  executed: Scalars['Boolean']['output'];
  /** Why, at most 32 kB; null when not said. */
  reasoning: Maybe<Scalars['String']['output']>;
  /** When it was recorded. */
  timestamp: Scalars['DateTime']['output'];
};

/** It only moves down this list. */
export type ConversationStatus =
  /** The vote is complete; nothing more is taken. */
  | 'completed'
  /** Agents talk, nobody has voted yet. */
  | 'in_progress'
  /** At least one ballot was cast. */
  | 'voting';

/** What was decided. */
export type Decision = {
  /** `BUY`, `SELL` or `HOLD` for a trade; the caller's own word otherwise. */
  action: Scalars['String']['output'];
  /** In percent; null when the swarm had no quorum. */
  confidence: Maybe<Scalars['Int']['output']>;
  /** What is traded, null when it is about none. */
  symbol: Maybe<Scalars['String']['output']>;
  /** What kind of decision it is. */
  type: DecisionType;
};

/** What a decision was taken on, in the caller's own shape. */
export type DecisionContext = {
  /** What the market did. */
  marketConditions: Maybe<Scalars['JSON']['output']>;
  /** What was held. */
  portfolioState: Maybe<Scalars['JSON']['output']>;
  /** What could be lost. */
  riskMetrics: Maybe<Scalars['JSON']['output']>;
};

/** What a decision is taken on; each part at most 64 kB and 12 levels deep. */
export type DecisionContextInput = {
  /** What the market does. */
  marketConditions?: InputMaybe<Scalars['JSON']['input']>;
  /** What is held. */
  portfolioState?: InputMaybe<Scalars['JSON']['input']>;
  /** What could be lost. */
  riskMetrics?: InputMaybe<Scalars['JSON']['input']>;
};

/** Which decisions; all of it must match. */
export type DecisionFilter = {
  /** Only those with feedback, or only those without. */
  hasOutcome?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only those logged at this instant or later. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only those on this symbol. */
  symbol?: InputMaybe<Scalars['String']['input']>;
  /** Only those of this type. */
  type?: InputMaybe<DecisionType>;
  /** Only those logged before this instant. */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** A decision, what it was taken on, how it turned out and what follows from that. */
export type DecisionLog = {
  /** What it was taken on. */
  context: DecisionContext;
  /** The conversation that decided it, null when no swarm did. */
  conversation: Maybe<Conversation>;
  /** What was decided. */
  decision: Decision;
  /** Each of them, oldest first. */
  feedback: Array<Feedback>;
  /** Its id, 24 hex digits. */
  id: Scalars['ID']['output'];
  /** What follows from it, null until feedback is recorded. */
  learning: Maybe<Learning>;
  /** How it turned out, null until feedback is recorded. */
  outcome: Maybe<DecisionOutcome>;
  /** How often feedback was recorded or corrected, 0 before the first. */
  revision: Scalars['Int']['output'];
  /** Its number within its node: later decisions have higher ones, a number may be missing. */
  seq: Scalars['Int']['output'];
  /** When it was logged. */
  timestamp: Scalars['DateTime']['output'];
  /** The node it was taken for. */
  userNodeId: Scalars['ID']['output'];
};

/** A page of decisions. */
export type DecisionLogConnection = {
  /** The decisions, newest first. */
  edges: Array<DecisionLogEdge>;
  /** Whether and where to go on. */
  pageInfo: PageInfo;
};

/** One decision of a page. */
export type DecisionLogEdge = {
  /** Where this decision is in the list. */
  cursor: Scalars['String']['output'];
  /** The decision. */
  node: DecisionLog;
};

/** How a decision turned out. */
export type DecisionOutcome = {
  /** Why the position was closed, at most 64 characters. */
  exitReason: Maybe<Scalars['String']['output']>;
  /** Profit, or loss below 0, net of fees, in the account's currency; null when nothing was traded. */
  pnl: Maybe<Scalars['Float']['output']>;
  /** Whether it proved right. */
  success: Scalars['Boolean']['output'];
  /** Seconds. */
  timeHeld: Maybe<Scalars['Int']['output']>;
};

/** What kind of decision it is. */
export type DecisionType =
  /** To stop for a while. */
  | 'pause'
  /** To change a limit or a size. */
  | 'risk_adjustment'
  /** To trade or not to. */
  | 'trade';

/** One record of how a decision turned out. */
export type Feedback = {
  /** What was recorded. */
  outcome: DecisionOutcome;
  /** When it was recorded. */
  recordedAt: Scalars['DateTime']['output'];
  /** Its number, 1 for the first. */
  revision: Scalars['Int']['output'];
  /** Where it came from, null when not said. */
  source: Maybe<FeedbackSource>;
};

/** Where feedback came from. */
export type FeedbackSource =
  /** The trade's own execution. */
  | 'execution'
  /** A person. */
  | 'human'
  /** The market's move afterwards. */
  | 'market'
  /** A model. */
  | 'model';

/** A step of the flow; it may move freely. */
export type FlowPhase =
  /** What the market does. */
  | 'market_analysis'
  /** What could go wrong. */
  | 'risk_check'
  /** What to do. */
  | 'trade_decision';

/** What follows from how a decision turned out. */
export type Learning = {
  /** 100 × (1 − (confidence/100 − success)²): 100 is perfect, 75 is what a coin's 50 earns; null without a confidence. */
  confidenceAccuracy: Maybe<Scalars['Float']['output']>;
  /** `CODE: sentence with its numbers`, then what was added in words. */
  lessonsLearned: Array<Scalars['String']['output']>;
  /** What this feedback changed or suggests to change. */
  parametersToAdjust: Array<ParameterAdjustment>;
  /** Whether the decision proved right. */
  wasCorrect: Scalars['Boolean']['output'];
};

/** What one node has learned. */
export type LearningStats = {
  /** The newest of each path. */
  adjustments: Array<ParameterAdjustment>;
  /** How each agent's votes turned out, of all time, most trusted first. */
  agents: Array<AgentPerformance>;
  /** The mean of the decisions' confidenceAccuracy, null when none is evaluated. */
  confidenceAccuracy: Maybe<Scalars['Float']['output']>;
  /** How many of them have feedback. */
  evaluatedDecisions: Scalars['Int']['output'];
  /** As asked for. */
  since: Maybe<Scalars['DateTime']['output']>;
  /** The share of evaluated decisions that proved right, null when none is evaluated. */
  successRate: Maybe<Rate>;
  /** The ten most frequent lessons, most frequent first. */
  topLessons: Array<LessonCount>;
  /** How many decisions were logged. */
  totalDecisions: Scalars['Int']['output'];
  /** The sum of the decisions' pnl, in the account's currency. */
  totalPnl: Scalars['Float']['output'];
  /** The node. */
  userNodeId: Scalars['ID']['output'];
};

/** A lesson and how often it was learned. */
export type LessonCount = {
  /** How many decisions taught it. */
  count: Scalars['Int']['output'];
  /** Its code, or its words where it has none. */
  lesson: Scalars['String']['output'];
};

/** What `logDecision` takes. */
export type LogDecisionInput = {
  /** `BUY`, `SELL` or `HOLD` for a trade; the caller's own word of 1 to 64 characters otherwise. */
  action: Scalars['String']['input'];
  /** In percent, 0 to 100. */
  confidence: Scalars['Int']['input'];
  /** What it was taken on. */
  context?: InputMaybe<DecisionContextInput>;
  /** A key of the caller's own, 1 to 128 characters: said again with the same key, it is logged once. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What is traded, 1 to 64 characters. */
  symbol?: InputMaybe<Scalars['String']['input']>;
  /** What kind of decision it is. */
  type: DecisionType;
  /** The node, 24 hex digits. */
  userNodeId: Scalars['ID']['input'];
};

/** What `logDecision` answers. */
export type LogDecisionPayload = {
  /** The decision, null when it was refused; on `CONFLICT` the one stored under that key. */
  decisionLog: Maybe<DecisionLog>;
  /** Whether this key was stored before and nothing was added now. */
  duplicate: Scalars['Boolean']['output'];
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** What an agent said. */
export type Message = {
  /** Who said it; `swarm` for the consensus. */
  agentName: Scalars['String']['output'];
  /** What the agent is there for. */
  agentRole: Scalars['String']['output'];
  /** The model behind it, null when not said. */
  aiModel: Maybe<Scalars['String']['output']>;
  /** What was said. */
  content: MessageContent;
  /** The conversation as it is when this is read: a live view asks here for status and vote. */
  conversation: Conversation;
  /** Its id, 24 hex digits. */
  id: Scalars['ID']['output'];
  /** What kind of message it is. */
  messageType: MessageType;
  /** The phase it was said in. */
  phase: FlowPhase;
  /** The version of the prompt or program that spoke. */
  promptVersion: Maybe<Scalars['String']['output']>;
  /** The `seq` of the message it answers. */
  replyToSeq: Maybe<Scalars['Int']['output']>;
  /** Its number in the conversation: 1, 2, 3 … with none missing. */
  seq: Scalars['Int']['output'];
  /** When it was stored, by the server's clock. The order goes by `seq`, never by this. */
  timestamp: Scalars['DateTime']['output'];
  /** How a screen may draw it, null when not said. */
  ui: Maybe<MessageUi>;
  /** The ballot it casts; only on a `VOTE`. */
  vote: Maybe<Vote>;
};

/** A page of messages. */
export type MessageConnection = {
  /** The messages, oldest first. */
  edges: Array<MessageEdge>;
  /** Whether and where to go on. */
  pageInfo: PageInfo;
  /** How many messages the conversation has. */
  totalCount: Scalars['Int']['output'];
};

/** What was said. */
export type MessageContent = {
  /** How sure the agent is, in percent, null when not said. */
  confidence: Maybe<Scalars['Int']['output']>;
  /** Numbers and the like in the agent's own shape, at most 64 kB and 12 levels deep. */
  data: Maybe<Scalars['JSON']['output']>;
  /** Which way it leans, null when not said. */
  sentiment: Maybe<Sentiment>;
  /** The words, 1 byte to 32 kB of UTF-8. Text, never HTML. */
  text: Scalars['String']['output'];
};

/** What is said. */
export type MessageContentInput = {
  /** How sure the agent is, in percent, 0 to 100. */
  confidence?: InputMaybe<Scalars['Int']['input']>;
  /** Numbers and the like in the agent's own shape, at most 64 kB and 12 levels deep. */
  data?: InputMaybe<Scalars['JSON']['input']>;
  /** Which way it leans. */
  sentiment?: InputMaybe<Sentiment>;
  /** The words, 1 byte to 32 kB of UTF-8. */
  text: Scalars['String']['input'];
};

/** One message of a page. */
export type MessageEdge = {
  /** Where this message is in the conversation. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: Message;
};

/** What kind of message it is. */
export type MessageType =
  /** A finding. */
  | 'analysis'
  /** What was decided. */
  | 'decision'
  /** Thinking aloud. */
  | 'thought'
  /** A ballot. */
  | 'vote';

/** How a screen may draw a message. */
export type MessageUi = {
  /** `#1a7f37`. */
  color: Maybe<Scalars['String']['output']>;
  /** A short name; a screen that does not know it draws a default. */
  icon: Maybe<Scalars['String']['output']>;
  /** The mood, null when not said. */
  tone: Maybe<Tone>;
};

/** How a screen may draw a message. */
export type MessageUiInput = {
  /** `#rrggbb`. */
  color?: InputMaybe<Scalars['String']['input']>;
  /** A short name, at most 32 characters. */
  icon?: InputMaybe<Scalars['String']['input']>;
  /** The mood. */
  tone?: InputMaybe<Tone>;
};

/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type Mutation = {
  /** Adds what an agent said. A message of type `VOTE` also casts its ballot. */
  addMessage: Maybe<AddMessagePayload>;
  /** Ends the vote with the ballots there are. */
  closeVoting: Maybe<CloseVotingPayload>;
  /** Logs a decision that no swarm voted on. */
  logDecision: Maybe<LogDecisionPayload>;
  /** Records how a decision turned out; called again with other values it corrects that as a new revision. */
  recordFeedback: Maybe<RecordFeedbackPayload>;
  /** Records what was done with the swarm's choice. */
  recordOutcome: Maybe<RecordOutcomePayload>;
  /** Opens the conversation of an execution. The same input again answers with the same conversation. */
  startConversation: Maybe<StartConversationPayload>;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationAddMessageArgs = {
  input: AddMessageInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationCloseVotingArgs = {
  input: CloseVotingInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationLogDecisionArgs = {
  input: LogDecisionInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationRecordFeedbackArgs = {
  input: RecordFeedbackInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationRecordOutcomeArgs = {
  input: RecordOutcomeInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationStartConversationArgs = {
  input: StartConversationInput;
};

/** Whether and where a list goes on. */
export type PageInfo = {
  /** The cursor of the last of this page, null when it is empty. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether there is more after this page. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether there is more before this page. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first of this page, null when it is empty. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A parameter that was changed by feedback, or that feedback suggests to change. */
export type ParameterAdjustment = {
  /** Whether it is in force; false is a suggestion. */
  applied: Scalars['Boolean']['output'];
  /** What it was. */
  from: Scalars['Float']['output'];
  /** `agents.risk_manager.learned_weight`. */
  path: Scalars['String']['output'];
  /** Why, with the number of cases behind it. */
  reason: Scalars['String']['output'];
  /** When it was found. */
  timestamp: Scalars['DateTime']['output'];
  /** What it is, or should be. */
  to: Scalars['Float']['output'];
};

/** What can be read. */
export type Query = {
  /** How each agent's votes for one node turned out, most trusted first. */
  agentPerformance: Maybe<Array<AgentPerformance>>;
  /** The conversation of one execution, or with one id: give exactly one. Null when there is none to see. */
  conversation: Maybe<Conversation>;
  /** The viewer's conversations, newest first. */
  conversations: Maybe<ConversationConnection>;
  /** One logged decision, null when there is none to see. */
  decision: Maybe<DecisionLog>;
  /** The decisions of one node, newest first. */
  decisions: Maybe<DecisionLogConnection>;
  /** What one node has learned from decisions of all time or since an instant; all zeros for a node without any. */
  learningStats: Maybe<LearningStats>;
  /** Who is asking, as the token says. */
  viewer: Maybe<Viewer>;
};


/** What can be read. */
export type QueryAgentPerformanceArgs = {
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryConversationArgs = {
  executionId?: InputMaybe<Scalars['ID']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


/** What can be read. */
export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. */
export type QueryDecisionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryDecisionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DecisionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryLearningStatsArgs = {
  since?: InputMaybe<Scalars['DateTime']['input']>;
  userNodeId: Scalars['ID']['input'];
};

/** A share with how sure it is: 95 % Wilson interval over n cases. */
export type Rate = {
  /** The upper end of the interval. */
  high: Scalars['Float']['output'];
  /** The lower end of the interval. */
  low: Scalars['Float']['output'];
  /** How many cases there are. */
  n: Scalars['Int']['output'];
  /** The share, 0 to 1. */
  value: Scalars['Float']['output'];
};

/** What is left out stays as it was; null clears it. */
export type RecordFeedbackInput = {
  /** The decision, 24 hex digits. */
  decisionId: Scalars['ID']['input'];
  /** Why the position was closed, at most 64 characters. */
  exitReason?: InputMaybe<Scalars['String']['input']>;
  /** Refused as `CONFLICT` unless the decision is at this revision. */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** A key of the caller's own, 1 to 128 characters: said again with the same key, late or not, nothing changes. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Lessons to add to those found, in words: at most 20 of 1 to 500 characters. */
  lessonsLearned?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Profit, or loss below 0, net of fees, in the account's currency. */
  pnl?: InputMaybe<Scalars['Float']['input']>;
  /** Where it comes from. */
  source?: InputMaybe<FeedbackSource>;
  /** Whether the decision proved right. */
  success: Scalars['Boolean']['input'];
  /** Seconds, 0 or more. */
  timeHeld?: InputMaybe<Scalars['Int']['input']>;
};

/** What `recordFeedback` answers. */
export type RecordFeedbackPayload = {
  /** The decision as it now stands, null when it is not to be seen. */
  decisionLog: Maybe<DecisionLog>;
  /** Whether this key was stored before, or nothing differed, and nothing was changed now. */
  duplicate: Scalars['Boolean']['output'];
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** What `recordOutcome` takes. The same again is the same answer, other values are `CONFLICT`. */
export type RecordOutcomeInput = {
  /** What was done, or would have been. */
  action: TradeAction;
  /** Whether anything was done. */
  executed: Scalars['Boolean']['input'];
  /** The execution, 24 hex digits. */
  executionId: Scalars['ID']['input'];
  /** Why, at most 32 kB. */
  reasoning?: InputMaybe<Scalars['String']['input']>;
};

/** What `recordOutcome` answers. */
export type RecordOutcomePayload = {
  /** The conversation, null when it was refused; on `CONFLICT` the one that is there. */
  conversation: Maybe<Conversation>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** An agent that is to vote. */
export type RosterAgentInput = {
  /** Its name: 1 to 64 of `A-Z a-z 0-9 _ -`, not `swarm`. */
  agentName: Scalars['String']['input'];
  /** 0 to 100. Given: its ballots count so, and another weight in a ballot is refused. Null: the ballot's. */
  weight?: InputMaybe<Scalars['Int']['input']>;
};

/** Which way something leans. */
export type Sentiment =
  /** Down. */
  | 'bearish'
  /** Up. */
  | 'bullish'
  /** Neither. */
  | 'neutral';

/** What `startConversation` takes. Again with the same values it answers `duplicate`, with others `CONFLICT`. */
export type StartConversationInput = {
  /** The agents that are to vote, 1 to 200. Give this or `totalAgents`. */
  agents?: InputMaybe<Array<RosterAgentInput>>;
  /** What the decision is taken on; kept with the decision. */
  decisionContext?: InputMaybe<DecisionContextInput>;
  /** The execution, 24 hex digits. */
  executionId: Scalars['ID']['input'];
  /** The flow, 24 hex digits. */
  flowId: Scalars['ID']['input'];
  /** The step it begins with. */
  phase?: InputMaybe<FlowPhase>;
  /** The share of agents whose ballots must count, in percent, 1 to 100; below it the swarm holds. Null: the node's, at first 50. */
  quorum?: InputMaybe<Scalars['Int']['input']>;
  /** What is traded, 1 to 64 characters. */
  symbol: Scalars['String']['input'];
  /** Seconds after the start at which it completes, ballots or none, 1 to 86,400; null is never. */
  timeout?: InputMaybe<Scalars['Int']['input']>;
  /** How many agents are to vote, 1 to 200. Give this or `agents`. */
  totalAgents?: InputMaybe<Scalars['Int']['input']>;
  /** The node it decides for, 24 hex digits. */
  userNodeId: Scalars['ID']['input'];
  /** Seconds after the first ballot at which the vote completes with what there is, 1 to 86,400; null is never. */
  votingTimeout?: InputMaybe<Scalars['Int']['input']>;
};

/** What `startConversation` answers. */
export type StartConversationPayload = {
  /** The conversation, null when it was refused; on `CONFLICT` the one that is there. */
  conversation: Maybe<Conversation>;
  /** Whether it was there before and nothing was added now. */
  duplicate: Scalars['Boolean']['output'];
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** What can be followed live, over graphql-ws at `/graphql`. */
export type Subscription = {
  /** A conversation as it is now and after each change, the latest state only. Without `executionId`, each of the viewer's: those changed since `since` first, then live. */
  conversationChanged: Conversation;
  /** The messages after `afterSeq`, then each new one, in order, each once; ends with the conversation. A client that reconnects by itself repeats its first `afterSeq`: drop each `seq` seen. Null: new ones only. */
  messageAdded: Message;
  /** The vote of one conversation, then the end: at once when it is already complete. Without `executionId`, each of the viewer's: those completed since `since` first, then live; some may repeat. */
  voteCompleted: SwarmVote;
};


/** What can be followed live, over graphql-ws at `/graphql`. */
export type SubscriptionConversationChangedArgs = {
  executionId?: InputMaybe<Scalars['ID']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
};


/** What can be followed live, over graphql-ws at `/graphql`. */
export type SubscriptionMessageAddedArgs = {
  afterSeq?: InputMaybe<Scalars['Int']['input']>;
  executionId: Scalars['ID']['input'];
};


/** What can be followed live, over graphql-ws at `/graphql`. */
export type SubscriptionVoteCompletedArgs = {
  executionId?: InputMaybe<Scalars['ID']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What the swarm is doing. */
export type SwarmAction =
  /** While the status is `IN_PROGRESS`. */
  | 'analyzing'
  /** Once the status is `COMPLETED`. */
  | 'executing'
  /** While the status is `VOTING`. */
  | 'voting';

/** The vote of a conversation. */
export type SwarmVote = {
  /** What the swarm settled on, null until the vote is complete. */
  consensus: Maybe<Consensus>;
  /** The conversation it is the vote of. */
  conversation: Conversation;
  /** When the vote completes with what there is, null when it waits for every agent. */
  deadline: Maybe<Scalars['DateTime']['output']>;
  /** Its conversation's id. */
  id: Scalars['ID']['output'];
  /** Percent of `totalAgents` whose ballots must count. */
  quorum: Scalars['Int']['output'];
  /** What was counted for each action. */
  results: VoteResults;
  /** How many agents are to vote. */
  totalAgents: Scalars['Int']['output'];
  /** The latest ballot of each agent, by `seq`; then each named agent that cast none, as named. */
  votes: Array<AgentVote>;
  /** When the vote was completed, null until then. */
  votingCompleted: Maybe<Scalars['DateTime']['output']>;
};

/** The mood of a message. */
export type Tone =
  /** At ease. */
  | 'calm'
  /** Keen. */
  | 'excited'
  /** As usual. */
  | 'neutral'
  /** It cannot wait. */
  | 'urgent';

/** What can be done with a position. */
export type TradeAction =
  /** Open or add. */
  | 'buy'
  /** Leave as it is. */
  | 'hold'
  /** Close or go short. */
  | 'sell';

/** A refusal that the caller can act on. Any other failure is in the response's `errors`. */
export type UserError = {
  /** What kind of refusal it is. */
  code: UserErrorCode;
  /** The input at fault, as a path from `input` on; null when no one input is. Every fault is listed. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** The rule and the value that broke it, for a person. */
  message: Scalars['String']['output'];
};

/** What kind of refusal it is. */
export type UserErrorCode =
  /** The agent is not one of those named at the start, or not the one the caller may speak for. */
  | 'AGENT_NOT_ALLOWED'
  /** The same identity or key was used before with other content. */
  | 'CONFLICT'
  /** The conversation holds as much as it may. */
  | 'CONVERSATION_FULL'
  /** A value is missing, misplaced or out of its range. */
  | 'INVALID'
  /** What the input names does not exist, or is not the caller's to see. */
  | 'NOT_FOUND'
  /** The vote is complete; nothing more is taken. */
  | 'VOTING_CLOSED'
  /** The vote is not complete yet. */
  | 'VOTING_OPEN';

/** Who is asking. */
export type Viewer = {
  /** The only agent this token may speak as, null for any. */
  agentName: Maybe<Scalars['String']['output']>;
  /** When the token ends, null when it does not. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The user, the owner of all that is seen. */
  id: Scalars['ID']['output'];
  /** What the token allows: words of `read`, `write` and `admin`. */
  scopes: Array<Scalars['String']['output']>;
};

/** A ballot: an action with a confidence, or an abstention. */
export type Vote = {
  /** Why the agent gave no action, null when it gave one. */
  abstention: Maybe<Abstention>;
  /** What the agent would do, null when it abstained. */
  action: Maybe<TradeAction>;
  /** The agent's stated chance that its action proves right, in percent; null when it abstained. */
  confidence: Maybe<Scalars['Int']['output']>;
  /** How much it counts for; 0 is advice that is not counted. */
  weight: Scalars['Int']['output'];
};

/** Give `action` with `confidence`, or `abstention`. */
export type VoteInput = {
  /** Why the agent gives no action. */
  abstention?: InputMaybe<Abstention>;
  /** What the agent would do. */
  action?: InputMaybe<TradeAction>;
  /** The agent's stated chance that its action proves right, in percent, 0 to 100. */
  confidence?: InputMaybe<Scalars['Int']['input']>;
  /** 0 to 100. Null: the roster's, else the node's for this agent, else 1. Not for a token bound to an agent. */
  weight?: InputMaybe<Scalars['Int']['input']>;
};

/** What was counted for each action. */
export type VoteResults = {
  /** For `BUY`. */
  buy: ActionResult;
  /** For `HOLD`; abstentions and failures are not in it. */
  hold: ActionResult;
  /** For `SELL`. */
  sell: ActionResult;
};



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Abstention: null;
  ActionResult: ResolverTypeWrapper<ActionResult>;
  AddMessageInput: AddMessageInput;
  AddMessagePayload: ResolverTypeWrapper<MessageAnswer>;
  AgentPerformance: ResolverTypeWrapper<AgentPerformance>;
  AgentVote: ResolverTypeWrapper<AgentVote>;
  BallotStatus: null;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CloseVotingInput: CloseVotingInput;
  CloseVotingPayload: ResolverTypeWrapper<Omit<CloseVotingPayload, 'swarmVote'> & { swarmVote?: Maybe<ResolversTypes['SwarmVote']> }>;
  Consensus: ResolverTypeWrapper<Consensus>;
  ConsensusReason: null;
  Conversation: ResolverTypeWrapper<ConversationModel>;
  ConversationConnection: ResolverTypeWrapper<Omit<ConversationConnection, 'edges'> & { edges: Array<ResolversTypes['ConversationEdge']> }>;
  ConversationContext: ResolverTypeWrapper<ConversationContext>;
  ConversationEdge: ResolverTypeWrapper<Omit<ConversationEdge, 'node'> & { node: ResolversTypes['Conversation'] }>;
  ConversationFilter: ConversationFilter;
  ConversationOutcome: ResolverTypeWrapper<ConversationOutcome>;
  ConversationStatus: null;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  Decision: ResolverTypeWrapper<Decision>;
  DecisionContext: ResolverTypeWrapper<DecisionContext>;
  DecisionContextInput: DecisionContextInput;
  DecisionFilter: DecisionFilter;
  DecisionLog: ResolverTypeWrapper<DecisionLogModel>;
  DecisionLogConnection: ResolverTypeWrapper<Omit<DecisionLogConnection, 'edges'> & { edges: Array<ResolversTypes['DecisionLogEdge']> }>;
  DecisionLogEdge: ResolverTypeWrapper<Omit<DecisionLogEdge, 'node'> & { node: ResolversTypes['DecisionLog'] }>;
  DecisionOutcome: ResolverTypeWrapper<DecisionOutcome>;
  DecisionType: null;
  Feedback: ResolverTypeWrapper<Feedback>;
  FeedbackSource: null;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FlowPhase: null;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Learning: ResolverTypeWrapper<Learning>;
  LearningStats: ResolverTypeWrapper<LearningStatsModel>;
  LessonCount: ResolverTypeWrapper<LessonCount>;
  LogDecisionInput: LogDecisionInput;
  LogDecisionPayload: ResolverTypeWrapper<Omit<LogDecisionPayload, 'decisionLog'> & { decisionLog?: Maybe<ResolversTypes['DecisionLog']> }>;
  Message: ResolverTypeWrapper<MessageModel>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges'> & { edges: Array<ResolversTypes['MessageEdge']> }>;
  MessageContent: ResolverTypeWrapper<MessageContent>;
  MessageContentInput: MessageContentInput;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  MessageType: null;
  MessageUi: ResolverTypeWrapper<MessageUi>;
  MessageUiInput: MessageUiInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParameterAdjustment: ResolverTypeWrapper<ParameterAdjustment>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Rate: ResolverTypeWrapper<Rate>;
  RecordFeedbackInput: RecordFeedbackInput;
  RecordFeedbackPayload: ResolverTypeWrapper<Omit<RecordFeedbackPayload, 'decisionLog'> & { decisionLog?: Maybe<ResolversTypes['DecisionLog']> }>;
  RecordOutcomeInput: RecordOutcomeInput;
  RecordOutcomePayload: ResolverTypeWrapper<ConversationAnswer>;
  RosterAgentInput: RosterAgentInput;
  Sentiment: null;
  StartConversationInput: StartConversationInput;
  StartConversationPayload: ResolverTypeWrapper<ConversationAnswer>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SwarmAction: null;
  SwarmVote: ResolverTypeWrapper<SwarmVoteModel>;
  Tone: null;
  TradeAction: null;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<Viewer>;
  Vote: ResolverTypeWrapper<Vote>;
  VoteInput: VoteInput;
  VoteResults: ResolverTypeWrapper<VoteResults>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionResult: ActionResult;
  AddMessageInput: AddMessageInput;
  AddMessagePayload: MessageAnswer;
  AgentPerformance: AgentPerformance;
  AgentVote: AgentVote;
  Boolean: Scalars['Boolean']['output'];
  CloseVotingInput: CloseVotingInput;
  CloseVotingPayload: Omit<CloseVotingPayload, 'swarmVote'> & { swarmVote?: Maybe<ResolversParentTypes['SwarmVote']> };
  Consensus: Consensus;
  Conversation: ConversationModel;
  ConversationConnection: Omit<ConversationConnection, 'edges'> & { edges: Array<ResolversParentTypes['ConversationEdge']> };
  ConversationContext: ConversationContext;
  ConversationEdge: Omit<ConversationEdge, 'node'> & { node: ResolversParentTypes['Conversation'] };
  ConversationFilter: ConversationFilter;
  ConversationOutcome: ConversationOutcome;
  DateTime: Scalars['DateTime']['output'];
  Decision: Decision;
  DecisionContext: DecisionContext;
  DecisionContextInput: DecisionContextInput;
  DecisionFilter: DecisionFilter;
  DecisionLog: DecisionLogModel;
  DecisionLogConnection: Omit<DecisionLogConnection, 'edges'> & { edges: Array<ResolversParentTypes['DecisionLogEdge']> };
  DecisionLogEdge: Omit<DecisionLogEdge, 'node'> & { node: ResolversParentTypes['DecisionLog'] };
  DecisionOutcome: DecisionOutcome;
  Feedback: Feedback;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  Learning: Learning;
  LearningStats: LearningStatsModel;
  LessonCount: LessonCount;
  LogDecisionInput: LogDecisionInput;
  LogDecisionPayload: Omit<LogDecisionPayload, 'decisionLog'> & { decisionLog?: Maybe<ResolversParentTypes['DecisionLog']> };
  Message: MessageModel;
  MessageConnection: Omit<MessageConnection, 'edges'> & { edges: Array<ResolversParentTypes['MessageEdge']> };
  MessageContent: MessageContent;
  MessageContentInput: MessageContentInput;
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  MessageUi: MessageUi;
  MessageUiInput: MessageUiInput;
  Mutation: Record<PropertyKey, never>;
  PageInfo: PageInfo;
  ParameterAdjustment: ParameterAdjustment;
  Query: Record<PropertyKey, never>;
  Rate: Rate;
  RecordFeedbackInput: RecordFeedbackInput;
  RecordFeedbackPayload: Omit<RecordFeedbackPayload, 'decisionLog'> & { decisionLog?: Maybe<ResolversParentTypes['DecisionLog']> };
  RecordOutcomeInput: RecordOutcomeInput;
  RecordOutcomePayload: ConversationAnswer;
  RosterAgentInput: RosterAgentInput;
  StartConversationInput: StartConversationInput;
  StartConversationPayload: ConversationAnswer;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  SwarmVote: SwarmVoteModel;
  UserError: UserError;
  Viewer: Viewer;
  Vote: Vote;
  VoteInput: VoteInput;
  VoteResults: VoteResults;
};

export type ListSizeDirectiveArgs = {
  most: Scalars['Int']['input'];
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AbstentionResolvers = { ABSTAINED: 'abstained', MODEL_ERROR: 'model_error', NO_DATA: 'no_data', PARSE_ERROR: 'parse_error', TIMED_OUT: 'timed_out' };

export type ActionResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionResult'] = ResolversParentTypes['ActionResult']> = {
  totalConfidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  votes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AddMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddMessagePayload'] = ResolversParentTypes['AddMessagePayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AgentPerformanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentPerformance'] = ResolversParentTypes['AgentPerformance']> = {
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  brier?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  evaluatedVotes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hitRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  learnedWeight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  pnlAttributed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type AgentVoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentVote'] = ResolversParentTypes['AgentVote']> = {
  abstention?: Resolver<Maybe<ResolversTypes['Abstention']>, ParentType, ContextType>;
  action?: Resolver<Maybe<ResolversTypes['TradeAction']>, ParentType, ContextType>;
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  seq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['BallotStatus'], ParentType, ContextType>;
  timestamp?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  weight?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type BallotStatusResolvers = { ABSTAINED: 'abstained', ADVISORY: 'advisory', COUNTED: 'counted', FAILED: 'failed', MISSING: 'missing' };

export type CloseVotingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloseVotingPayload'] = ResolversParentTypes['CloseVotingPayload']> = {
  swarmVote?: Resolver<Maybe<ResolversTypes['SwarmVote']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConsensusResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Consensus'] = ResolversParentTypes['Consensus']> = {
  action?: Resolver<ResolversTypes['TradeAction'], ParentType, ContextType>;
  agreement?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  isUnanimous?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ConsensusReason'], ParentType, ContextType>;
};

export type ConsensusReasonResolvers = { EVIDENCE: 'evidence', NO_QUORUM: 'no_quorum', PLURALITY: 'plurality', TIE: 'tie' };

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  context?: Resolver<ResolversTypes['ConversationContext'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  executionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  flowId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lastSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<ConversationMessagesArgs>>;
  outcome?: Resolver<Maybe<ResolversTypes['ConversationOutcome']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversationStatus'], ParentType, ContextType>;
  swarmVote?: Resolver<ResolversTypes['SwarmVote'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ConversationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ConversationContextResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationContext'] = ResolversParentTypes['ConversationContext']> = {
  action?: Resolver<ResolversTypes['SwarmAction'], ParentType, ContextType>;
  phase?: Resolver<ResolversTypes['FlowPhase'], ParentType, ContextType>;
  symbol?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConversationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationEdge'] = ResolversParentTypes['ConversationEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
};

export type ConversationOutcomeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationOutcome'] = ResolversParentTypes['ConversationOutcome']> = {
  action?: Resolver<ResolversTypes['TradeAction'], ParentType, ContextType>;
  executed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reasoning?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ConversationStatusResolvers = { COMPLETED: 'completed', IN_PROGRESS: 'in_progress', VOTING: 'voting' };

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  symbol?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['DecisionType'], ParentType, ContextType>;
};

export type DecisionContextResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionContext'] = ResolversParentTypes['DecisionContext']> = {
  marketConditions?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  portfolioState?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  riskMetrics?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
};

export type DecisionLogResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionLog'] = ResolversParentTypes['DecisionLog']> = {
  context?: Resolver<ResolversTypes['DecisionContext'], ParentType, ContextType>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  decision?: Resolver<ResolversTypes['Decision'], ParentType, ContextType>;
  feedback?: Resolver<Array<ResolversTypes['Feedback']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  learning?: Resolver<Maybe<ResolversTypes['Learning']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['DecisionOutcome']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DecisionLogConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionLogConnection'] = ResolversParentTypes['DecisionLogConnection']> = {
  edges?: Resolver<Array<ResolversTypes['DecisionLogEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DecisionLogEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionLogEdge'] = ResolversParentTypes['DecisionLogEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DecisionLog'], ParentType, ContextType>;
};

export type DecisionOutcomeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionOutcome'] = ResolversParentTypes['DecisionOutcome']> = {
  exitReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  pnl?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  success?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeHeld?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DecisionTypeResolvers = { PAUSE: 'pause', RISK_ADJUSTMENT: 'risk_adjustment', TRADE: 'trade' };

export type FeedbackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Feedback'] = ResolversParentTypes['Feedback']> = {
  outcome?: Resolver<ResolversTypes['DecisionOutcome'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['FeedbackSource']>, ParentType, ContextType>;
};

export type FeedbackSourceResolvers = { EXECUTION: 'execution', HUMAN: 'human', MARKET: 'market', MODEL: 'model' };

export type FlowPhaseResolvers = { MARKET_ANALYSIS: 'market_analysis', RISK_CHECK: 'risk_check', TRADE_DECISION: 'trade_decision' };

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LearningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Learning'] = ResolversParentTypes['Learning']> = {
  confidenceAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lessonsLearned?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  parametersToAdjust?: Resolver<Array<ResolversTypes['ParameterAdjustment']>, ParentType, ContextType>;
  wasCorrect?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LearningStatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LearningStats'] = ResolversParentTypes['LearningStats']> = {
  adjustments?: Resolver<Array<ResolversTypes['ParameterAdjustment']>, ParentType, ContextType>;
  agents?: Resolver<Array<ResolversTypes['AgentPerformance']>, ParentType, ContextType>;
  confidenceAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  evaluatedDecisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  successRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  topLessons?: Resolver<Array<ResolversTypes['LessonCount']>, ParentType, ContextType>;
  totalDecisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalPnl?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LessonCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LessonCount'] = ResolversParentTypes['LessonCount']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lesson?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LogDecisionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogDecisionPayload'] = ResolversParentTypes['LogDecisionPayload']> = {
  decisionLog?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Message'] = ResolversParentTypes['Message']> = {
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  agentRole?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  aiModel?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  content?: Resolver<ResolversTypes['MessageContent'], ParentType, ContextType>;
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  messageType?: Resolver<ResolversTypes['MessageType'], ParentType, ContextType>;
  phase?: Resolver<ResolversTypes['FlowPhase'], ParentType, ContextType>;
  promptVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  replyToSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ui?: Resolver<Maybe<ResolversTypes['MessageUi']>, ParentType, ContextType>;
  vote?: Resolver<Maybe<ResolversTypes['Vote']>, ParentType, ContextType>;
};

export type MessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageConnection'] = ResolversParentTypes['MessageConnection']> = {
  edges?: Resolver<Array<ResolversTypes['MessageEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type MessageContentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageContent'] = ResolversParentTypes['MessageContent']> = {
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  data?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  sentiment?: Resolver<Maybe<ResolversTypes['Sentiment']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageEdge'] = ResolversParentTypes['MessageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Message'], ParentType, ContextType>;
};

export type MessageTypeResolvers = { ANALYSIS: 'analysis', DECISION: 'decision', THOUGHT: 'thought', VOTE: 'vote' };

export type MessageUiResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageUi'] = ResolversParentTypes['MessageUi']> = {
  color?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tone?: Resolver<Maybe<ResolversTypes['Tone']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addMessage?: Resolver<Maybe<ResolversTypes['AddMessagePayload']>, ParentType, ContextType, RequireFields<MutationAddMessageArgs, 'input'>>;
  closeVoting?: Resolver<Maybe<ResolversTypes['CloseVotingPayload']>, ParentType, ContextType, RequireFields<MutationCloseVotingArgs, 'input'>>;
  logDecision?: Resolver<Maybe<ResolversTypes['LogDecisionPayload']>, ParentType, ContextType, RequireFields<MutationLogDecisionArgs, 'input'>>;
  recordFeedback?: Resolver<Maybe<ResolversTypes['RecordFeedbackPayload']>, ParentType, ContextType, RequireFields<MutationRecordFeedbackArgs, 'input'>>;
  recordOutcome?: Resolver<Maybe<ResolversTypes['RecordOutcomePayload']>, ParentType, ContextType, RequireFields<MutationRecordOutcomeArgs, 'input'>>;
  startConversation?: Resolver<Maybe<ResolversTypes['StartConversationPayload']>, ParentType, ContextType, RequireFields<MutationStartConversationArgs, 'input'>>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ParameterAdjustmentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParameterAdjustment'] = ResolversParentTypes['ParameterAdjustment']> = {
  applied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  agentPerformance?: Resolver<Maybe<Array<ResolversTypes['AgentPerformance']>>, ParentType, ContextType, RequireFields<QueryAgentPerformanceArgs, 'userNodeId'>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, Partial<QueryConversationArgs>>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, RequireFields<QueryConversationsArgs, 'first'>>;
  decision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType, RequireFields<QueryDecisionArgs, 'id'>>;
  decisions?: Resolver<Maybe<ResolversTypes['DecisionLogConnection']>, ParentType, ContextType, RequireFields<QueryDecisionsArgs, 'first' | 'userNodeId'>>;
  learningStats?: Resolver<Maybe<ResolversTypes['LearningStats']>, ParentType, ContextType, RequireFields<QueryLearningStatsArgs, 'userNodeId'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
};

export type RateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Rate'] = ResolversParentTypes['Rate']> = {
  high?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type RecordFeedbackPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordFeedbackPayload'] = ResolversParentTypes['RecordFeedbackPayload']> = {
  decisionLog?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordOutcomePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordOutcomePayload'] = ResolversParentTypes['RecordOutcomePayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SentimentResolvers = { BEARISH: 'bearish', BULLISH: 'bullish', NEUTRAL: 'neutral' };

export type StartConversationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartConversationPayload'] = ResolversParentTypes['StartConversationPayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  conversationChanged?: SubscriptionResolver<ResolversTypes['Conversation'], "conversationChanged", ParentType, ContextType, Partial<SubscriptionConversationChangedArgs>>;
  messageAdded?: SubscriptionResolver<ResolversTypes['Message'], "messageAdded", ParentType, ContextType, RequireFields<SubscriptionMessageAddedArgs, 'afterSeq' | 'executionId'>>;
  voteCompleted?: SubscriptionResolver<ResolversTypes['SwarmVote'], "voteCompleted", ParentType, ContextType, Partial<SubscriptionVoteCompletedArgs>>;
};

export type SwarmActionResolvers = { ANALYZING: 'analyzing', EXECUTING: 'executing', VOTING: 'voting' };

export type SwarmVoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SwarmVote'] = ResolversParentTypes['SwarmVote']> = {
  consensus?: Resolver<Maybe<ResolversTypes['Consensus']>, ParentType, ContextType>;
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
  deadline?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  quorum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  results?: Resolver<ResolversTypes['VoteResults'], ParentType, ContextType>;
  totalAgents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  votes?: Resolver<Array<ResolversTypes['AgentVote']>, ParentType, ContextType>;
  votingCompleted?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ToneResolvers = { CALM: 'calm', EXCITED: 'excited', NEUTRAL: 'neutral', URGENT: 'urgent' };

export type TradeActionResolvers = { BUY: 'buy', HOLD: 'hold', SELL: 'sell' };

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  agentName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Vote'] = ResolversParentTypes['Vote']> = {
  abstention?: Resolver<Maybe<ResolversTypes['Abstention']>, ParentType, ContextType>;
  action?: Resolver<Maybe<ResolversTypes['TradeAction']>, ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VoteResultsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VoteResults'] = ResolversParentTypes['VoteResults']> = {
  buy?: Resolver<ResolversTypes['ActionResult'], ParentType, ContextType>;
  hold?: Resolver<ResolversTypes['ActionResult'], ParentType, ContextType>;
  sell?: Resolver<ResolversTypes['ActionResult'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Abstention?: AbstentionResolvers;
  ActionResult?: ActionResultResolvers<ContextType>;
  AddMessagePayload?: AddMessagePayloadResolvers<ContextType>;
  AgentPerformance?: AgentPerformanceResolvers<ContextType>;
  AgentVote?: AgentVoteResolvers<ContextType>;
  BallotStatus?: BallotStatusResolvers;
  CloseVotingPayload?: CloseVotingPayloadResolvers<ContextType>;
  Consensus?: ConsensusResolvers<ContextType>;
  ConsensusReason?: ConsensusReasonResolvers;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationContext?: ConversationContextResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationOutcome?: ConversationOutcomeResolvers<ContextType>;
  ConversationStatus?: ConversationStatusResolvers;
  DateTime?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  DecisionContext?: DecisionContextResolvers<ContextType>;
  DecisionLog?: DecisionLogResolvers<ContextType>;
  DecisionLogConnection?: DecisionLogConnectionResolvers<ContextType>;
  DecisionLogEdge?: DecisionLogEdgeResolvers<ContextType>;
  DecisionOutcome?: DecisionOutcomeResolvers<ContextType>;
  DecisionType?: DecisionTypeResolvers;
  Feedback?: FeedbackResolvers<ContextType>;
  FeedbackSource?: FeedbackSourceResolvers;
  FlowPhase?: FlowPhaseResolvers;
  JSON?: GraphQLScalarType;
  Learning?: LearningResolvers<ContextType>;
  LearningStats?: LearningStatsResolvers<ContextType>;
  LessonCount?: LessonCountResolvers<ContextType>;
  LogDecisionPayload?: LogDecisionPayloadResolvers<ContextType>;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageContent?: MessageContentResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  MessageType?: MessageTypeResolvers;
  MessageUi?: MessageUiResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParameterAdjustment?: ParameterAdjustmentResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Rate?: RateResolvers<ContextType>;
  RecordFeedbackPayload?: RecordFeedbackPayloadResolvers<ContextType>;
  RecordOutcomePayload?: RecordOutcomePayloadResolvers<ContextType>;
  Sentiment?: SentimentResolvers;
  StartConversationPayload?: StartConversationPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SwarmAction?: SwarmActionResolvers;
  SwarmVote?: SwarmVoteResolvers<ContextType>;
  Tone?: ToneResolvers;
  TradeAction?: TradeActionResolvers;
  UserError?: UserErrorResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Vote?: VoteResolvers<ContextType>;
  VoteResults?: VoteResultsResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
};
