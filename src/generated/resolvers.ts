import type { Abstention } from '../graphql/enumTypes.js';
import type { BallotStatus } from '../graphql/enumTypes.js';
import type { ConsensusReason } from '../graphql/enumTypes.js';
import type { ConversationStatus } from '../graphql/enumTypes.js';
import type { CountingRule } from '../graphql/enumTypes.js';
import type { DecisionResult } from '../graphql/enumTypes.js';
import type { DecisionType } from '../graphql/enumTypes.js';
import type { DriftKind } from '../graphql/enumTypes.js';
import type { DriftTest } from '../graphql/enumTypes.js';
import type { FeedbackSource } from '../graphql/enumTypes.js';
import type { FlowPhase } from '../graphql/enumTypes.js';
import type { LessonCode } from '../graphql/enumTypes.js';
import type { LessonSource } from '../graphql/enumTypes.js';
import type { MeasureGap } from '../graphql/enumTypes.js';
import type { MessageStatus } from '../graphql/enumTypes.js';
import type { MessageType } from '../graphql/enumTypes.js';
import type { ParameterChangeDecision } from '../graphql/enumTypes.js';
import type { ParameterChangeStatus } from '../graphql/enumTypes.js';
import type { PerformanceDimension } from '../graphql/enumTypes.js';
import type { RecordGap } from '../graphql/enumTypes.js';
import type { RemarkCode } from '../graphql/enumTypes.js';
import type { Scope } from '../graphql/enumTypes.js';
import type { Sentiment } from '../graphql/enumTypes.js';
import type { SwarmAction } from '../graphql/enumTypes.js';
import type { Tone } from '../graphql/enumTypes.js';
import type { TradeAction } from '../graphql/enumTypes.js';
import type { UserErrorCode } from '../graphql/enumTypes.js';
import type { Json } from '../domain/message.js';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ConversationModel, ConversationConnectionModel, DecisionConnectionModel, DecisionAnswer, LearningStatsModel, ConversationAnswer, MessageAnswer, ExplanationModel, AgentPerformanceModel, DecisionBriefModel } from '../graphql/models.js';
import type { DecisionLog as DecisionLogModel } from '../domain/decision.js';
import type { Message as MessageModel } from '../domain/message.js';
import type { SwarmVote as SwarmVoteModel } from '../domain/voting.js';
import type { Lesson as LessonModel } from '../domain/lesson.js';
import type { ListedNode as NodeModel } from '../domain/ports.js';
import type { ParameterChange as ParameterChangeModel } from '../domain/change.js';
import type { WhatIf as WhatIfModel, ChangedDecision as ChangedDecisionModel } from '../domain/whatIf.js';
import type { DriftFinding as DriftFindingModel } from '../domain/drift.js';
import type { Context } from '../graphql/context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type EnumResolverSignature<T, AllowedValues = any> = { [key in keyof T]?: AllowedValues };
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

export type { Abstention };

/** What was counted for one action. */
export type ActionResult = {
  /** The sum of weight × confidence over them. */
  totalConfidence: Scalars['Float']['output'];
  /** How many counted ballots it has. */
  votes: Scalars['Int']['output'];
};

/** What `addMessage` takes. */
export type AddMessageInput = {
  /** Who says it: 1 to 64 characters of any script, none of them a control or unseen one; white space at the ends is taken away, the rest kept in NFC. Not `swarm`, in any case. */
  agentName: Scalars['String']['input'];
  /** What the agent is there for, 1 to 64 characters. */
  agentRole: Scalars['String']['input'];
  /** The model behind it, at most 64 characters. */
  aiModel?: InputMaybe<Scalars['String']['input']>;
  /** What is said. */
  content: MessageContentInput;
  /** The execution, 24 hex digits. */
  executionId: Scalars['ID']['input'];
  /** A key of the caller's own, 1 to 128 characters: said again with the same key, it is stored once. Null: each time it is said it is stored. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** What kind of message it is. */
  messageType: MessageType;
  /** The phase the conversation enters with this message; null: it stays in the one it is in. */
  phase?: InputMaybe<FlowPhase>;
  /** The version of the prompt or program that speaks, at most 64 characters. */
  promptVersion?: InputMaybe<Scalars['String']['input']>;
  /** The `seq` of the message it answers, 1 or more. */
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
  /** What the caller should look at, empty when there is nothing; not stored. */
  remarks: Array<Remark>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** Whether one agent's votes for a node have changed against its own past, or are always the same. */
export type AgentDrift = {
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** What was found; empty when nothing was beyond chance, and when there is too little to go by. */
  findings: Array<DriftFinding>;
  /** Whether anything was found. */
  isDrifting: Scalars['Boolean']['output'];
  /** How many votes it takes. */
  needed: Scalars['Int']['output'];
  /** Why nothing can be found, null when there is enough to go by. */
  reason: Maybe<MeasureGap>;
  /** How many of its votes were looked at: its last 500, with an outcome or without. */
  votes: Scalars['Int']['output'];
};

/** What one counted ballot said, and how far its word went. */
export type AgentEvidence = {
  /** What it was for. */
  action: TradeAction;
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** Its stated chance that this proves right, in percent. */
  confidence: Scalars['Int']['output'];
  /** Its evidence, weighted; 0 is none. */
  evidence: Scalars['Float']['output'];
  /** The learned chance that it would prove right, 0.05 to 0.95, as it was read then. */
  probability: Scalars['Float']['output'];
  /** Its part of all evidence, 0 to 1; of all weight where nobody had evidence. */
  share: Scalars['Float']['output'];
  /** Its weight. */
  weight: Scalars['Int']['output'];
};

/** How one agent's votes for one node turned out. All of all time, unless said; of an agent that had left the 2,000 that a node keeps, since it came back. */
export type AgentPerformance = {
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** The mean of (stated confidence − right)², 0 to 1, lower is better; null when there is none. */
  brier: Maybe<Scalars['Float']['output']>;
  /** 1 − Brier ÷ that of stating its own hit rate each time: 1 is perfect, below 0 its confidences say less than nothing. */
  brierSkill: Measure;
  /** How its stated confidence compares with how often it was right. */
  calibration: Calibration;
  /** How many more times it was right than the decisions it voted in. */
  edge: Scalars['Int']['output'];
  /** How many of its ballots proved right or wrong, with those that came late and are evaluated; those on a scratch did neither. */
  evaluatedVotes: Scalars['Int']['output'];
  /** The share of them that proved right, null when there is none. */
  hitRate: Maybe<Rate>;
  /** 1 is as trusted as a newcomer, 0 is not listened to. */
  learnedWeight: Scalars['Float']['output'];
  /** Other agents on record whose names differ in case, spacing or form only: probably this one, with its record in parts. */
  nearNames: Array<Scalars['String']['output']>;
  /** The part of the decisions' pnl that its evidence carried, in the account's currency. The parts of all who backed a decision add up to its pnl: each is rounded to 0.00000001, and what that leaves falls to the largest. */
  pnlAttributed: Scalars['Float']['output'];
  /** The same with older votes counted for less (half after 100 decisions) and a newcomer's 20 cases at .6 among them; null when there is none. */
  recentHitRate: Maybe<Scalars['Float']['output']>;
  /** The same numbers over parts of its votes, of the last 10,000 decisions: the 20 parts with most votes. */
  slices: Array<PerformanceSlice>;
  /** Whether each of its last 20 votes proved right, oldest first. */
  streak: Array<Scalars['Boolean']['output']>;
  /** Its learned weight after each of its evaluated votes, oldest first. */
  weightHistory: Array<WeightPoint>;
};


/** How one agent's votes for one node turned out. All of all time, unless said; of an agent that had left the 2,000 that a node keeps, since it came back. */
export type AgentPerformanceSlicesArgs = {
  by?: PerformanceDimension;
};


/** How one agent's votes for one node turned out. All of all time, unless said; of an agent that had left the 2,000 that a node keeps, since it came back. */
export type AgentPerformanceWeightHistoryArgs = {
  last?: InputMaybe<Scalars['Int']['input']>;
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

/** The default weight of an agent's ballots. */
export type AgentWeight = {
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** 0 to 100; 0 is advice that is not counted. */
  weight: Scalars['Int']['output'];
};

/** The weight of an agent's ballots. */
export type AgentWeightInput = {
  /** The agent. */
  agentName: Scalars['String']['input'];
  /** 0 to 100. */
  weight: Scalars['Int']['input'];
};

export type { BallotStatus };

/** How what was stated compares with how it turned out. */
export type Calibration = {
  /** All ten, from 0–9 to 90–100. */
  bins: Array<CalibrationBin>;
  /** Expected calibration error, 0 to 1: the mean distance of what was stated from what came true. */
  ece: Measure;
  /** What a perfectly calibrated record of as many cases shows by chance. */
  floor: Measure;
};

/** What was stated in one tenth, and how it turned out. */
export type CalibrationBin = {
  /** The lowest percent in it. */
  from: Scalars['Int']['output'];
  /** How often it proved right, null without a case. */
  hitRate: Maybe<Rate>;
  /** What was stated on average, 0 to 1; null without a case. */
  meanStated: Maybe<Scalars['Float']['output']>;
  /** How many cases it has. */
  n: Scalars['Int']['output'];
  /** The highest percent in it. */
  to: Scalars['Int']['output'];
};

/** What a change would have meant for the node's last decisions, counted again: counterfactual, on trust as it was learned then. A default weight is given to the ballots that were counted by default. */
export type ChangeEvidence = {
  /** How many would have come out otherwise. */
  changed: Scalars['Int']['output'];
  /** Decisions counted again, 1,000 at most. */
  decisions: Scalars['Int']['output'];
  /** How many of them have an outcome. */
  n: Scalars['Int']['output'];
  /** By how much the pnl would have been higher. */
  pnlDifference: Difference;
  /** By how much the share that proved right would have been higher. */
  successDifference: Difference;
};

/** A decision that would have come out otherwise. */
export type ChangedDecision = {
  /** The decision. */
  decision: Maybe<DecisionLog>;
  /** What was decided. */
  from: TradeAction;
  /** What would have been. */
  to: TradeAction;
  /** Whether it proved right, null without an outcome. */
  wasRight: Maybe<Scalars['Boolean']['output']>;
  /** Whether the other would have, null without an outcome. */
  wouldBeRight: Maybe<Scalars['Boolean']['output']>;
};

/** What `closeVoting` takes. It answers the same when called again. */
export type CloseVotingInput = {
  /** The execution, 24 hex digits. */
  executionId: Scalars['ID']['input'];
};

/** What `closeVoting` answers. */
export type CloseVotingPayload = {
  /** Whether the vote was complete before and nothing was changed now. */
  duplicate: Scalars['Boolean']['output'];
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

/** How the decisions of a node's swarm turned out; those with a quorum, of all time. */
export type ConsensusPerformance = {
  /** The mean of (shown confidence − right)², 0 to 1, lower is better; null when there is none. */
  brier: Maybe<Scalars['Float']['output']>;
  /** 1 − Brier ÷ that of stating the success rate each time. */
  brierSkill: Measure;
  /** How the confidence that was shown compares with how often it proved right. */
  calibration: Calibration;
  /** How many proved right or wrong; a scratch did neither. */
  evaluatedDecisions: Scalars['Int']['output'];
  /** How many decisions lost money. */
  losses: Scalars['Int']['output'];
  /** What they lost on average, above 0; null without any. */
  meanLoss: Maybe<Scalars['Float']['output']>;
  /** What they won on average, in the account's currency; null without any. */
  meanWin: Maybe<Scalars['Float']['output']>;
  /** The same with older decisions counted for less (half after 1,000) and 20 cases at .65 among them; null when there is none. */
  recentSuccessRate: Maybe<Scalars['Float']['output']>;
  /** The share of them that proved right, null when there is none. */
  successRate: Maybe<Rate>;
  /** How many decisions won money. */
  wins: Scalars['Int']['output'];
};

export type { ConsensusReason };

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
  /** Its id, 24 hex digits; of a past state `<id>@<seq>`, in a brief as of an instant `<id>@<instant>`, so that a client that keeps objects by their ids keeps both. */
  id: Scalars['ID']['output'];
  /** Whether messages are kept that come after the vote, as the start said: marked as `LATE`, never counted. */
  keepsLate: Scalars['Boolean']['output'];
  /** The number of the newest message, 0 before the first. */
  lastSeq: Scalars['Int']['output'];
  /** What was refused since it came after the vote; nothing where `keepsLate` is true. */
  lateRefused: LateRefusals;
  /** Oldest first. Give `first` with `after`, or `last` with `before`; or numbers instead of cursors: `afterSeq`, `beforeSeq` or both, with `first` or `last`. Without `first` and `last` it is 100: the last with a bound before only, else the first. */
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
  afterSeq?: InputMaybe<Scalars['Int']['input']>;
  before?: InputMaybe<Scalars['String']['input']>;
  beforeSeq?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  last?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of conversations. */
export type ConversationConnection = {
  /** Other spellings on record of the symbol that is asked for, such as `AAPL` of `aapl`: their conversations are not in this list. Empty without a symbol; older versions kept no spellings. */
  didYouMean: Array<Scalars['String']['output']>;
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

export type { ConversationStatus };

export type { CountingRule };

/** What `decideParameterChange` takes. The same again is the same answer, another decision is `CONFLICT`. */
export type DecideParameterChangeInput = {
  /** The change, 24 hex digits. */
  changeId: Scalars['ID']['input'];
  /** In words, 1 to 500 characters. When the same is decided again, the first comment stands. */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** What to do. */
  decision: ParameterChangeDecision;
};

/** What was decided. */
export type Decision = {
  /** `BUY`, `SELL` or `HOLD` for a trade; the caller's own word otherwise. */
  action: Scalars['String']['output'];
  /** In percent; null when the swarm had no quorum. */
  confidence: Maybe<Scalars['Int']['output']>;
  /** What is traded, null when it is about none. */
  symbol: Maybe<Scalars['String']['output']>;
  /** The action of a trade as an enum, null of other decisions. */
  tradeAction: Maybe<TradeAction>;
  /** What kind of decision it is. */
  type: DecisionType;
};

/** What the node's last 1,000 decisions say about a symbol, now or as of an instant. An agent can be told it before it decides. */
export type DecisionBrief = {
  /** The asking agent's own record, null without a name and without an evaluated vote. */
  agent: Maybe<AgentPerformance>;
  /** The agent on record that was probably meant by the name given, null where that is on record itself, or nothing comes close. */
  agentDidYouMean: Maybe<Scalars['String']['output']>;
  /** Why the record cannot be told, null where it can be or there is none. */
  agentGap: Maybe<RecordGap>;
  /** Other spellings of the symbol that those decisions were on, such as `AAPL` where `aapl` was asked for: nothing of those is told here. */
  didYouMean: Array<Scalars['String']['output']>;
  /** Whether there is nothing on record: then a model should not be told of any past. */
  isEmpty: Scalars['Boolean']['output'];
  /** Decisions on the symbol with an outcome, newest first. */
  lastOutcomes: Array<DecisionLog>;
  /** The most frequent lessons of those decisions. */
  lessons: Array<LessonCount>;
  /** Decisions on the symbol without an outcome, newest first; why they were taken is in their conversation. */
  openDecisions: Array<DecisionLog>;
  /** All of it in a few lines. */
  text: Scalars['String']['output'];
};

/** What a decision was taken on, in the caller's own shape. */
export type DecisionContext = {
  /** What the market did, null when not said. */
  marketConditions: Maybe<Scalars['JSON']['output']>;
  /** What was held, null when not said. */
  portfolioState: Maybe<Scalars['JSON']['output']>;
  /** What could be lost, null when not said. */
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
  /** Only those logged before this instant; it is after `since`. */
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
  /** All feedback that was recorded, oldest first: at most 100 revisions. */
  feedback: Array<Feedback>;
  /** Its id, 24 hex digits; in a brief as of an instant `<id>@<instant>`, and all below it is as it was then. */
  id: Scalars['ID']['output'];
  /** Ballots that came after the vote and are evaluated with it, never counted: each agent's first, where it has an action and the agent gave none in time. Those there are when feedback is first recorded, and no later one: nobody gains by knowing how it turned out. Empty until then. */
  lateVotes: Array<AgentVote>;
  /** What follows from it, null until feedback is recorded. As of an instant, of feedback that an older version recorded and that was corrected since: only the caller's lessons. */
  learning: Maybe<Learning>;
  /** How it turned out, null until feedback is recorded. */
  outcome: Maybe<DecisionOutcome>;
  /** How often feedback was recorded or corrected, 0 before the first, 100 at most. */
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
  /** Other spellings of the symbol that is asked for which this node has used, such as `AAPL` of `aapl`: their decisions are not in this list. Empty without a symbol; older versions kept no spellings. */
  didYouMean: Array<Scalars['String']['output']>;
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
  /** Why the position was closed, at most 64 characters; null when not said. */
  exitReason: Maybe<Scalars['String']['output']>;
  /** Profit, or loss below 0, net of fees, in the account's currency, to 0.00000001; null when nothing was traded. */
  pnl: Maybe<Scalars['Float']['output']>;
  /** What it came to. */
  result: DecisionResult;
  /** Whether it proved right; false of a scratch, too, which `result` tells from a failure. */
  success: Scalars['Boolean']['output'];
  /** How long the position was held, in seconds; null when not said. */
  timeHeld: Maybe<Scalars['Int']['output']>;
};

export type { DecisionResult };

export type { DecisionType };

/** A counterfactual difference with its 95 % interval. */
export type Difference = {
  /** How many of them changed: the interval rests on these. */
  changed: Scalars['Int']['output'];
  /** The upper end of the interval, null where there is none. */
  high: Maybe<Scalars['Float']['output']>;
  /** The lower end of the interval, null where there is none. */
  low: Maybe<Scalars['Float']['output']>;
  /** How many cases were compared. */
  n: Scalars['Int']['output'];
  /** How many changed cases an interval needs, unless none changed. */
  needed: Scalars['Int']['output'];
  /** Why there is no interval, null where there is one. */
  reason: Maybe<MeasureGap>;
  /** Null without a case. */
  value: Maybe<Scalars['Float']['output']>;
};

/** One way in which an agent's votes have changed. Steady agents are reported, too: in simulations fewer than 1 in 100 by one look at 500 votes, and 1 to 2 in 100 at least once by a look after every vote. Reported more often are agents that nearly always say the same (6 in 100 with one confidence in 95 % of their votes) and agents that repeat their last vote. */
export type DriftFinding = {
  /** Votes since the change. */
  after: Scalars['Int']['output'];
  /** Votes before the change; 0 of what was always so. */
  before: Scalars['Int']['output'];
  /** What changed. */
  kind: DriftKind;
  /** The two-sided p of this test of these votes, 0 to 1; how small it must be allows for all places that are looked at. */
  p: Scalars['Float']['output'];
  /** When that was decided, null as `sinceSeq` is. */
  since: Maybe<Scalars['DateTime']['output']>;
  /** The decision from which on it is so, null where it always was. */
  sinceSeq: Maybe<Scalars['Int']['output']>;
  /**
   * The test it rests on: `Fisher exact`, `Mann-Whitney` or `exact binomial`.
   * @deprecated Ask for `testKind`: the same as an enum.
   */
  test: Scalars['String']['output'];
  /** The test it rests on. */
  testKind: DriftTest;
  /** The finding in words, with its numbers. */
  text: Scalars['String']['output'];
};

export type { DriftKind };

export type { DriftTest };

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

export type { FeedbackSource };

export type { FlowPhase };

/** Messages that were refused since the vote was complete. Each counts once, however often it is sent: by its key, or by what it says where it has none. At most 200 are counted. Counting one is no change of the conversation: `updatedAt` stays, and no stream tells of it. */
export type LateRefusals = {
  /** Who sent them, by name. */
  agents: Array<Scalars['String']['output']>;
  /** How many of them would have cast a ballot. */
  ballots: Scalars['Int']['output'];
  /** When the newest of them was refused first, null when there is none. */
  lastAt: Maybe<Scalars['DateTime']['output']>;
  /** How many messages. */
  messages: Scalars['Int']['output'];
};

/** What follows from how a decision turned out. */
export type Learning = {
  /** 100 × (1 − (confidence/100 − success)²): 100 is perfect, 75 is what a coin's 50 earns; null without a confidence and of a scratch. */
  confidenceAccuracy: Maybe<Scalars['Float']['output']>;
  /** The same, each with its code and source. */
  lessons: Array<Lesson>;
  /** `CODE: sentence with its numbers`, then what was added in words. */
  lessonsLearned: Array<Scalars['String']['output']>;
  /** What this feedback changed or suggests to change. */
  parametersToAdjust: Array<ParameterAdjustment>;
  /** Whether the decision proved right; false of a scratch, too, which teaches nothing. */
  wasCorrect: Scalars['Boolean']['output'];
};

/** What one node has learned. */
export type LearningStats = {
  /** The newest of each path, of all time. */
  adjustments: Array<ParameterAdjustment>;
  /** How each agent's votes turned out, of all time, most trusted first: of the 2,000 agents whose votes were evaluated in the newest decisions. */
  agents: Array<AgentPerformance>;
  /** The mean of the decisions' confidenceAccuracy, null when none has one. */
  confidenceAccuracy: Maybe<Scalars['Float']['output']>;
  /** How the swarm's own decisions turned out, of all time. */
  consensus: ConsensusPerformance;
  /** How many of them have feedback, scratches among them. */
  evaluatedDecisions: Scalars['Int']['output'];
  /** How many of those were scratches, neither right nor wrong. No other number here counts them, nor does any of an agent. */
  scratches: Scalars['Int']['output'];
  /** The instant asked for, null for all time. */
  since: Maybe<Scalars['DateTime']['output']>;
  /** The share that proved right of the evaluated decisions that were no scratches, null when there are none. */
  successRate: Maybe<Rate>;
  /** The ten most frequent lessons, most frequent first. */
  topLessons: Array<LessonCount>;
  /** How many decisions were logged. */
  totalDecisions: Scalars['Int']['output'];
  /** The sum of the decisions' pnl, in the account's currency: exact, as all sums of money here are. */
  totalPnl: Scalars['Float']['output'];
  /** The node. */
  userNodeId: Scalars['ID']['output'];
};

/** What a decision and its outcome teach. */
export type Lesson = {
  /** Null where a caller added it. */
  code: Maybe<LessonCode>;
  /** Who says so. */
  source: LessonSource;
  /** A sentence with its numbers, or the caller's words. */
  text: Scalars['String']['output'];
};

export type { LessonCode };

/** A lesson and how often it was learned. */
export type LessonCount = {
  /** Its code, null where a caller added it. */
  code: Maybe<LessonCode>;
  /** How many decisions taught it. */
  count: Scalars['Int']['output'];
  /** Its code, or its words where it has none. */
  lesson: Scalars['String']['output'];
  /** Who says it; the same words of another source are counted apart. */
  source: LessonSource;
  /** What the newest decision that taught it says, in words. */
  text: Scalars['String']['output'];
};

export type { LessonSource };

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
  /** What is traded, 1 to 64 characters without white space at its ends. Another case or width is another symbol. */
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
  /** What the caller should look at, such as another spelling of the symbol on record; empty when there is nothing. */
  remarks: Array<Remark>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** A number with the cases behind it, or why there is none. */
export type Measure = {
  /** How many cases there are. */
  n: Scalars['Int']['output'];
  /** How many cases it needs. */
  needed: Scalars['Int']['output'];
  /** Why there is no value, null where there is one. */
  reason: Maybe<MeasureGap>;
  /** Null where there is too little to go by: never a guess. */
  value: Maybe<Scalars['Float']['output']>;
};

export type { MeasureGap };

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
  /** The version of the prompt or program that spoke, null when not said. */
  promptVersion: Maybe<Scalars['String']['output']>;
  /** The `seq` of the message it answers, null when it answers none. */
  replyToSeq: Maybe<Scalars['Int']['output']>;
  /** Its number in the conversation: 1, 2, 3 … with none missing. */
  seq: Scalars['Int']['output'];
  /** Whether it was said before the vote was complete. */
  status: MessageStatus;
  /** When it was stored, by the server's clock. The order goes by `seq`, never by this. */
  timestamp: Scalars['DateTime']['output'];
  /** How a screen may draw it, null when not said. */
  ui: Maybe<MessageUi>;
  /** The ballot it casts, null unless it is a `VOTE`. */
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
  /** Numbers and the like in the agent's own shape, under whatever keys, at most 64 kB and 12 levels deep; null when not said. */
  data: Maybe<Scalars['JSON']['output']>;
  /** Which way it leans, null when not said. */
  sentiment: Maybe<Sentiment>;
  /** The words, 1 byte to 32 kB of UTF-8. Text, never HTML. */
  text: Scalars['String']['output'];
};

/** What is said. */
export type MessageContentInput = {
  /** How sure the agent is, in percent, 0 to 100. Shown; a ballot is counted by its own `vote.confidence`. */
  confidence?: InputMaybe<Scalars['Int']['input']>;
  /** Numbers and the like in the agent's own shape, under whatever keys, at most 64 kB and 12 levels deep. */
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

export type { MessageStatus };

export type { MessageType };

/** How a screen may draw a message. */
export type MessageUi = {
  /** As `#1a7f37`, null when not said. */
  color: Maybe<Scalars['String']['output']>;
  /** A short name, null when not said; a screen that does not know it draws a default. */
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
  /** Approves or rejects a proposed change, or rolls an approved one back. Needs the scope `admin`. */
  decideParameterChange: Maybe<ParameterChangePayload>;
  /** Logs a decision that no swarm voted on. */
  logDecision: Maybe<LogDecisionPayload>;
  /** Proposes another value of one of a node's parameters, with what it would have meant for the last decisions. */
  proposeParameterChange: Maybe<ParameterChangePayload>;
  /** Records how a decision turned out, as a whole; called again with other values, under any key, it replaces that as a new revision, of which a decision takes at most 100, and 15 MiB in all. Parts of one trade are not added up. */
  recordFeedback: Maybe<RecordFeedbackPayload>;
  /** Records what was done with the swarm's choice. */
  recordOutcome: Maybe<RecordOutcomePayload>;
  /** Opens the conversation of an execution. The same input again answers with the same conversation. */
  startConversation: Maybe<StartConversationPayload>;
  /** Looks for changes that would have done better on the last decisions, and proposes them. */
  suggestParameterChanges: Maybe<SuggestParameterChangesPayload>;
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
export type MutationDecideParameterChangeArgs = {
  input: DecideParameterChangeInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationLogDecisionArgs = {
  input: LogDecisionInput;
};


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationProposeParameterChangeArgs = {
  input: ProposeParameterChangeInput;
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


/** What can be changed. A refusal is data (`userErrors`) and stores nothing. */
export type MutationSuggestParameterChangesArgs = {
  input: SuggestParameterChangesInput;
};

/** A node that a swarm decides for. There is one as soon as a conversation, a decision or a proposal names it. */
export type Node = {
  /** Whose votes it has learned from, and who voted on its newest decision; by name. */
  agents: Array<Scalars['String']['output']>;
  /** How many decisions were logged for it. */
  decisions: Scalars['Int']['output'];
  /** The newest of them, null before the first. */
  lastDecision: Maybe<DecisionLog>;
  /** How many changes of its parameters are proposed and not decided. */
  openProposals: Scalars['Int']['output'];
  /** The version of its parameters in force, 1 for the usual ones. */
  parameterVersion: Scalars['Int']['output'];
  /** Its id, 24 hex digits: what other fields take as `userNodeId`. */
  userNodeId: Scalars['ID']['output'];
};

/** A page of nodes. */
export type NodeConnection = {
  /** The nodes, by when they were first named, newest first: one that is listed keeps its place. */
  edges: Array<NodeEdge>;
  /** Whether and where to go on. */
  pageInfo: PageInfo;
};

/** One node of a page. */
export type NodeEdge = {
  /** Where this node is in the list. */
  cursor: Scalars['String']['output'];
  /** The node. */
  node: Node;
};

/** The settings of one node in force now. A vote goes by those in force when it is started. */
export type NodeParameters = {
  /** The confidence in percent that a decision should have to be traded on; 0 is none. It is advice to the trader and changes no count. */
  minConfidence: Scalars['Int']['output'];
  /** Percent of the agents whose ballots must count. */
  quorum: Scalars['Int']['output'];
  /** How ballots are counted. */
  rule: CountingRule;
  /** 1 are the usual ones; rises with each approved change and each roll-back. */
  version: Scalars['Int']['output'];
  /** What ballots of these agents count where neither they nor the roster say; by name. */
  weights: Array<AgentWeight>;
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

/** A change of one of a node's parameters: proposed and decided by a person, or made by feedback itself. */
export type ParameterChange = {
  /** The words it was decided with, null without any. */
  comment: Maybe<Scalars['String']['output']>;
  /** When it was decided, or made; null until then. */
  decidedAt: Maybe<Scalars['DateTime']['output']>;
  /** The user who approved or rejected it, null until then and of changes made by feedback. */
  decidedBy: Maybe<Scalars['ID']['output']>;
  /** The decision whose feedback brought it, null where somebody asked for it. */
  decision: Maybe<DecisionLog>;
  /** What it would have meant for the last decisions; null of changes made by feedback. */
  evidence: Maybe<ChangeEvidence>;
  /** What it was, null where nothing was set. */
  from: Maybe<Scalars['JSON']['output']>;
  /** Its id; of a proposal 24 hex digits. */
  id: Scalars['ID']['output'];
  /** `quorum`, `rule`, `min_confidence`, `agents.<name>.weight`; of those made by feedback `agents.<name>.learned_weight` and the like. Names with other characters than `A-Z a-z 0-9 _ -` are quoted: `agents["model-4.1"].weight`. */
  path: Scalars['String']['output'];
  /** When it was proposed, or made. */
  proposedAt: Scalars['DateTime']['output'];
  /** The user who proposed it, null for the server. */
  proposedBy: Maybe<Scalars['ID']['output']>;
  /** Why, with the number of cases behind it. */
  reason: Scalars['String']['output'];
  /** When it was rolled back, null when it was not. */
  rolledBackAt: Maybe<Scalars['DateTime']['output']>;
  /** The user who rolled it back, null when nobody did. */
  rolledBackBy: Maybe<Scalars['ID']['output']>;
  /** The words it was rolled back with, null without any. */
  rolledBackComment: Maybe<Scalars['String']['output']>;
  /** The version of the parameters that its roll-back brought, null without one. */
  rolledBackVersion: Maybe<Scalars['Int']['output']>;
  /** What became of it. */
  status: ParameterChangeStatus;
  /** What it is to be, null to set nothing. */
  to: Maybe<Scalars['JSON']['output']>;
  /** The node. */
  userNodeId: Scalars['ID']['output'];
  /** The version of the parameters that its approval brought, null until then. */
  version: Maybe<Scalars['Int']['output']>;
};

/** A page of changes. */
export type ParameterChangeConnection = {
  /** The changes, newest first. */
  edges: Array<ParameterChangeEdge>;
  /** Whether and where to go on. */
  pageInfo: PageInfo;
};

export type { ParameterChangeDecision };

/** One change of a page. */
export type ParameterChangeEdge = {
  /** Where this change is in the list. */
  cursor: Scalars['String']['output'];
  /** The change. */
  node: ParameterChange;
};

/** Which changes; all of it must match. */
export type ParameterChangeFilter = {
  /** Only those of this parameter. */
  path?: InputMaybe<Scalars['String']['input']>;
  /** Only those of this status. */
  status?: InputMaybe<ParameterChangeStatus>;
};

/** What proposing or deciding a change answers. */
export type ParameterChangePayload = {
  /** Whether it was proposed or decided so before, and nothing was changed now. */
  duplicate: Scalars['Boolean']['output'];
  /** The change, null when it was refused; on `CONFLICT` as it stands. */
  parameterChange: Maybe<ParameterChange>;
  /** What the caller should look at, empty when there is nothing and when a change is decided; not stored. */
  remarks: Array<Remark>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

export type { ParameterChangeStatus };

export type { PerformanceDimension };

/** An agent's performance over a part of its votes. */
export type PerformanceSlice = {
  /** The mean of (stated confidence − right)², 0 to 1, lower is better; null when there is none. */
  brier: Maybe<Scalars['Float']['output']>;
  /** 1 − Brier ÷ that of stating its own hit rate each time. */
  brierSkill: Measure;
  /** How its stated confidence compares with how often it was right. */
  calibration: Calibration;
  /** How many more times it was right than the decisions it voted in. */
  edge: Scalars['Int']['output'];
  /** How many of its ballots have an outcome. */
  evaluatedVotes: Scalars['Int']['output'];
  /** The share of them that proved right, null when there is none. */
  hitRate: Maybe<Rate>;
  /** The symbol, phase, model or action; null where none was said. */
  key: Maybe<Scalars['String']['output']>;
  /** What its learned weight would be by these votes alone. */
  learnedWeight: Scalars['Float']['output'];
  /** Keys of other parts that are this one in another spelling, such as `AAPL` of `aapl`: each is a part of its own. */
  nearKeys: Array<Scalars['String']['output']>;
  /** The part of the decisions' pnl that its evidence carried. */
  pnlAttributed: Scalars['Float']['output'];
  /** The same with older votes counted for less and a newcomer's 20 cases at .6 among them; null when there is none. */
  recentHitRate: Maybe<Scalars['Float']['output']>;
};

/** An agent whose single vote carried the action. */
export type PivotalAgent = {
  /** The agent. */
  agentName: Scalars['String']['output'];
  /** What it could have done, and what would have come of it. */
  changes: Array<PivotalChange>;
};

/** What would have been settled on if one agent had voted otherwise. */
export type PivotalChange = {
  /** What the swarm would have settled on. */
  action: TradeAction;
  /** What would have decided it. */
  reason: ConsensusReason;
  /** Its other vote, at the same confidence; null is not at all. */
  vote: Maybe<TradeAction>;
};

/** Two sums of pnl right after a decision, in the account's currency. */
export type PnlPoint = {
  /** As decided. */
  actual: Scalars['Float']['output'];
  /** As it would have been. */
  counterfactual: Scalars['Float']['output'];
  /** The decision's number. */
  seq: Scalars['Int']['output'];
};

/** What `proposeParameterChange` takes. The same again, while nothing is decided of it, answers `duplicate`. */
export type ProposeParameterChangeInput = {
  /** `quorum`, `rule`, `min_confidence` or `agents.<name>.weight`; a name with other characters than `A-Z a-z 0-9 _ -` as a JSON text: `agents["model-4.1"].weight`. */
  path: Scalars['String']['input'];
  /** Why, 1 to 500 characters. */
  reason: Scalars['String']['input'];
  /** A whole percent, a word of `CountingRule`, or a weight from 0 to 100; null takes a default weight away. A quorum is 1 to 100, the other percent 0 to 100. A node has at most 200 default weights. */
  to?: InputMaybe<Scalars['JSON']['input']>;
  /** The node, 24 hex digits. */
  userNodeId: Scalars['ID']['input'];
};

/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type Query = {
  /** Whether each agent's votes for one node have changed against its own past, or are always the same; by name. */
  agentDrift: Maybe<Array<AgentDrift>>;
  /** How each agent's votes for one node turned out, most trusted first. A node keeps the 2,000 agents whose votes were evaluated in its newest decisions; an older one leaves for each beyond. */
  agentPerformance: Maybe<Array<AgentPerformance>>;
  /** The conversation of one execution, or with one id: give exactly one. Null when there is none to see. */
  conversation: Maybe<Conversation>;
  /** The viewer's conversations, newest first. */
  conversations: Maybe<ConversationConnection>;
  /** One logged decision, null when there is none to see. */
  decision: Maybe<DecisionLog>;
  /** What is on record for a symbol, as data and as one short text for a prompt. */
  decisionBrief: Maybe<DecisionBrief>;
  /** The decisions of one node, newest first. */
  decisions: Maybe<DecisionLogConnection>;
  /** What one node has learned from decisions of all time or since an instant; all zeros for a node without any. */
  learningStats: Maybe<LearningStats>;
  /** What votes of one node go by when they start: its settings in force. */
  nodeParameters: Maybe<NodeParameters>;
  /** The viewer's nodes, by when they were first named, newest first. */
  nodes: Maybe<NodeConnection>;
  /** How a node's parameters came to be what they are: proposals and what became of them, and what feedback changed by itself; newest first. */
  parameterChanges: Maybe<ParameterChangeConnection>;
  /** Who is asking, as the token says. */
  viewer: Maybe<Viewer>;
  /** What another way of counting would have come to on a node's last decisions. */
  whatIf: Maybe<WhatIf>;
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryAgentDriftArgs = {
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryAgentPerformanceArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryConversationArgs = {
  asOfSeq?: InputMaybe<Scalars['Int']['input']>;
  executionId?: InputMaybe<Scalars['ID']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryConversationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ConversationFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryDecisionArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryDecisionBriefArgs = {
  agentName?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
  asOfSeq?: InputMaybe<Scalars['Int']['input']>;
  symbol: Scalars['String']['input'];
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryDecisionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<DecisionFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryLearningStatsArgs = {
  since?: InputMaybe<Scalars['DateTime']['input']>;
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryNodeParametersArgs = {
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryNodesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryParameterChangesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ParameterChangeFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  userNodeId: Scalars['ID']['input'];
};


/** What can be read. At most 10 questions over long histories of one user wait or are answered at once; one more is `RATE_LIMITED`. */
export type QueryWhatIfArgs = {
  input: WhatIfInput;
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

/** How a decision turned out, as a whole: each feedback replaces the one before and is never added to it. What is left out stays as it was; null clears it. A decision takes at most 100 revisions, and 15 MiB with all its feedback: 200 agents and long lessons come to that sooner. The same again is no revision. */
export type RecordFeedbackInput = {
  /** The decision, 24 hex digits. */
  decisionId: Scalars['ID']['input'];
  /** Why the position was closed, at most 64 characters. */
  exitReason?: InputMaybe<Scalars['String']['input']>;
  /** Refused as `CONFLICT` unless the decision is at this revision, or the key was stored before. */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** A key of the caller's own, 1 to 128 characters: said again with the same key, late or not, nothing changes. Of keys under which nothing differed, the newest 100 are remembered for each decision. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Lessons to add to those found, in words: at most 20 of 1 to 500 characters. */
  lessonsLearned?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Of the whole trade, not of a part: for several fills send their sum. Profit, or loss below 0, net of fees, in the account's currency: at most 8 digits behind the point, at most 1,000,000,000,000,000 either way. A calculated one, of 15 digits or more, is rounded to the 8th. */
  pnl?: InputMaybe<Scalars['Float']['input']>;
  /** Where it comes from. */
  source?: InputMaybe<FeedbackSource>;
  /** Whether the decision proved right. Null, left out in the first feedback, or left out with `pnl: 0`: a scratch, neither right nor wrong; its pnl is 0 or null. */
  success?: InputMaybe<Scalars['Boolean']['input']>;
  /** How long the position was held, in seconds, 0 to 2,147,483,647. */
  timeHeld?: InputMaybe<Scalars['Int']['input']>;
};

/** What `recordFeedback` answers. */
export type RecordFeedbackPayload = {
  /** The decision as it now stands, null when it is not to be seen. */
  decisionLog: Maybe<DecisionLog>;
  /** Whether this key was stored before, or nothing differed, and nothing was changed now. */
  duplicate: Scalars['Boolean']['output'];
  /** What the caller should look at, though it was recorded. */
  remarks: Array<Remark>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

export type { RecordGap };

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
  /** Whether this outcome was recorded before and nothing was changed now. */
  duplicate: Scalars['Boolean']['output'];
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** Something the caller should look at. What was asked for was done all the same. */
export type Remark = {
  /** What kind of remark it is. */
  code: RemarkCode;
  /** What was probably meant, null where nothing comes close. */
  didYouMean: Maybe<Scalars['String']['output']>;
  /** The input it is about, as a path from `input` on; null when it is about no one input. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** What was seen, and what to do where it was not meant; for a person. */
  text: Scalars['String']['output'];
};

export type { RemarkCode };

/** An agent that is to vote. */
export type RosterAgentInput = {
  /** Its name: 1 to 64 characters of any script, none of them a control or unseen one; white space at the ends is taken away, the rest kept in NFC. Not `swarm`, in any case. Each agent once, in whatever case or form of its letters. */
  agentName: Scalars['String']['input'];
  /** 0 to 100. Given: its ballots count so, and another weight in a ballot is refused. Null: the ballot's. */
  weight?: InputMaybe<Scalars['Int']['input']>;
};

export type { Scope };

export type { Sentiment };

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
  /** Whether messages that come after the vote are kept, marked as `LATE`, instead of refused as `VOTING_CLOSED`. Ballots among them are never counted, but evaluated: see `DecisionLog.lateVotes`. Null is false. */
  keepLate?: InputMaybe<Scalars['Boolean']['input']>;
  /** The step it begins with. */
  phase?: InputMaybe<FlowPhase>;
  /** The share of agents whose ballots must count, in percent, 1 to 100; below it the swarm holds. Null: the node's, at first 50. */
  quorum?: InputMaybe<Scalars['Int']['input']>;
  /** How the ballots are counted. Null: as the node does, at first `LOG_ODDS`. */
  rule?: InputMaybe<CountingRule>;
  /** What is traded, 1 to 64 characters without white space at its ends. Another case or width is another symbol. */
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
  /** What the caller should look at, empty when there is nothing; not stored. */
  remarks: Array<Remark>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

/** What can be followed live, over graphql-ws at `/graphql`; 100 at once on one socket, unless the server is set otherwise. */
export type Subscription = {
  /** What the query finds now, and again whenever a completed vote has changed it. */
  agentDrift: Array<AgentDrift>;
  /** A conversation as it is now and after each change, the latest state only. Without `executionId`, each of the viewer's: those changed since `since` first, then live. */
  conversationChanged: Conversation;
  /** The messages after `afterSeq`, then each new one, in order, each once; ends with the closing message, or, where the vote is complete already, with the last there is. What is said late is read by `messages`, after `conversationChanged`. A client that reconnects by itself repeats its first `afterSeq`: drop each `seq` seen. Null: new ones only. */
  messageAdded: Message;
  /** The vote of one conversation, then the end: at once when it is already complete. Without `executionId`, each of the viewer's: those completed since `since` first, then live; some may repeat. */
  voteCompleted: SwarmVote;
};


/** What can be followed live, over graphql-ws at `/graphql`; 100 at once on one socket, unless the server is set otherwise. */
export type SubscriptionAgentDriftArgs = {
  userNodeId: Scalars['ID']['input'];
};


/** What can be followed live, over graphql-ws at `/graphql`; 100 at once on one socket, unless the server is set otherwise. */
export type SubscriptionConversationChangedArgs = {
  executionId?: InputMaybe<Scalars['ID']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
};


/** What can be followed live, over graphql-ws at `/graphql`; 100 at once on one socket, unless the server is set otherwise. */
export type SubscriptionMessageAddedArgs = {
  afterSeq?: InputMaybe<Scalars['Int']['input']>;
  executionId: Scalars['ID']['input'];
};


/** What can be followed live, over graphql-ws at `/graphql`; 100 at once on one socket, unless the server is set otherwise. */
export type SubscriptionVoteCompletedArgs = {
  executionId?: InputMaybe<Scalars['ID']['input']>;
  since?: InputMaybe<Scalars['DateTime']['input']>;
};

/** What `suggestParameterChanges` takes. */
export type SuggestParameterChangesInput = {
  /** The node, 24 hex digits. */
  userNodeId: Scalars['ID']['input'];
};

/** What `suggestParameterChanges` answers. */
export type SuggestParameterChangesPayload = {
  /** Whether all of these were proposed before and nothing was added now; false when there are none. */
  duplicate: Scalars['Boolean']['output'];
  /** What was found on the last 1,000 decisions and the 20 agents with most votes, and is proposed, now or already; empty when nothing would have done better beyond chance. What was rejected is not proposed again. */
  parameterChanges: Array<ParameterChange>;
  /** Why it was refused, empty when it was not. */
  userErrors: Array<UserError>;
};

export type { SwarmAction };

/** The vote of a conversation. */
export type SwarmVote = {
  /** What the swarm settled on, null until the vote is complete. */
  consensus: Maybe<Consensus>;
  /** The conversation it is the vote of. */
  conversation: Conversation;
  /**
   * Its conversation's id, 24 hex digits.
   * @deprecated It is what `id` was at first. Ask for `conversation { id }`.
   */
  conversationId: Scalars['ID']['output'];
  /** When the vote completes with what there is, null when it waits for every agent. */
  deadline: Maybe<Scalars['DateTime']['output']>;
  /** Why it came out so, from what was stored when it was counted: it says the same a year later. Null until the vote is complete. */
  explanation: Maybe<VoteExplanation>;
  /** Its own id, made of its conversation's; in a past state it is another. */
  id: Scalars['ID']['output'];
  /** The first ballot of each agent that came after the vote was complete, by `seq`; at most 200, and none unless the start said `keepLate`. They change nothing of the vote; `DecisionLog.lateVotes` says which are evaluated. */
  lateVotes: Array<AgentVote>;
  /** The same as a number of ballots, at least 1: with fewer counted the swarm holds. */
  neededBallots: Scalars['Int']['output'];
  /** The version of the node's parameters when it was started: quorum, rule and weights where nothing else was said. */
  parameterVersion: Scalars['Int']['output'];
  /** Percent of `totalAgents` whose ballots must count. */
  quorum: Scalars['Int']['output'];
  /** What was counted for each action. */
  results: VoteResults;
  /** The rule it is counted by. */
  rule: CountingRule;
  /** How many agents are to vote. */
  totalAgents: Scalars['Int']['output'];
  /** The latest ballot of each agent, by `seq`; then each named agent that cast none, as named. */
  votes: Array<AgentVote>;
  /** When the vote was completed, null until then. */
  votingCompleted: Maybe<Scalars['DateTime']['output']>;
};

export type { Tone };

export type { TradeAction };

/** A refusal that the caller can act on. Any other failure is in the response's `errors`. */
export type UserError = {
  /** What kind of refusal it is. */
  code: UserErrorCode;
  /** What was probably meant, null where nothing comes close. */
  didYouMean: Maybe<Scalars['String']['output']>;
  /** The input at fault, as a path from `input` on; null when no one input is. Up to 100 faults are listed together; lengths and other rules are looked at once all values are of their types. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** The rule and the value that broke it, for a person. */
  message: Scalars['String']['output'];
};

export type { UserErrorCode };

/** Who is asking. */
export type Viewer = {
  /** The only agent this token may speak as, null for any. */
  agentName: Maybe<Scalars['String']['output']>;
  /** When the token ends, null when it does not. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** What the token allows. */
  grants: Array<Scope>;
  /** The user, the owner of all that is seen. */
  id: Scalars['ID']['output'];
  /**
   * What the token allows: words of `read`, `write` and `admin`.
   * @deprecated Ask for `grants`: the same as an enum.
   */
  scopes: Array<Scalars['String']['output']>;
  /** Whom the token names, as it came: its `sub`, or the claim of AUTH_USER_CLAIM. Null in local mode. */
  subject: Maybe<Scalars['String']['output']>;
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

/** Why a vote came out so. */
export type VoteExplanation = {
  /** Those counted, most evidence first. */
  agents: Array<AgentEvidence>;
  /** The share of the counted agents behind the action, in percent. */
  agreementByHeads: Scalars['Int']['output'];
  /** The share of the counted weight behind the action, in percent. */
  agreementByWeight: Scalars['Int']['output'];
  /** All evidence for `BUY`; in nats with log odds, as for the others. */
  buy: Scalars['Float']['output'];
  /** The decision's number, at which the learned sums were read; null when no ballot was counted. */
  decisionSeq: Maybe<Scalars['Int']['output']>;
  /** Those counted who were for another action, by name. */
  dissenters: Array<Scalars['String']['output']>;
  /** All evidence for `HOLD`. */
  hold: Scalars['Float']['output'];
  /** By how much the action was ahead of it, in evidence (in weight where nobody had any); null without a quorum. */
  margin: Maybe<Scalars['Float']['output']>;
  /** The version of the node's parameters when it was started. */
  parameterVersion: Scalars['Int']['output'];
  /** Who, by voting otherwise or not at all, would have changed the action; by name. */
  pivotalAgents: Array<PivotalAgent>;
  /** The chance of the action before the consensus' own record was taken into account, 0 to 1; null without a quorum. */
  raw: Maybe<Scalars['Float']['output']>;
  /** The rule it was counted by. */
  rule: CountingRule;
  /** The version of the rule. */
  ruleVersion: Scalars['Int']['output'];
  /** The best of the other actions that anybody was for; null without one, and without a quorum. */
  runnerUp: Maybe<TradeAction>;
  /** All evidence for `SELL`. */
  sell: Scalars['Float']['output'];
};

/** Give `action` with `confidence`, or `abstention`. */
export type VoteInput = {
  /** Why the agent gives no action. */
  abstention?: InputMaybe<Abstention>;
  /** What the agent would do. */
  action?: InputMaybe<TradeAction>;
  /** The agent's stated chance that its action proves right, in percent, 0 to 100. */
  confidence?: InputMaybe<Scalars['Int']['input']>;
  /** 0 to 100. Null: the roster's, else the node's for this agent, else 1. Not for a token bound to an agent. Kept with an `abstention`, which is never counted. */
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

/** A learned weight as it read right after a decision. */
export type WeightPoint = {
  /** The weight, 1 being a newcomer's. */
  learnedWeight: Scalars['Float']['output'];
  /** Evaluated votes by then. */
  n: Scalars['Int']['output'];
  /** The decision's number. */
  seq: Scalars['Int']['output'];
  /** When it was decided. */
  timestamp: Scalars['DateTime']['output'];
};

/** What another way of counting would have come to, on votes as they were cast and trust as it was learned then. */
export type WhatIf = {
  /** The pnl, in the account's currency, of decisions where that of the other action is known, too. */
  actualPnl: Scalars['Float']['output'];
  /** The share that proved right, null without an outcome. */
  actualSuccess: Maybe<Rate>;
  /** How many would have come out otherwise. */
  changed: Scalars['Int']['output'];
  /** Some of those, newest first, 100 at most. */
  changes: Array<ChangedDecision>;
  /** Always true: none of this happened. What was not done is taken for right where what was done proved wrong. */
  counterfactual: Scalars['Boolean']['output'];
  /** What it would have been: the opposite for the opposite trade, nothing for a hold; a trade instead of a hold is not known. */
  counterfactualPnl: Scalars['Float']['output'];
  /** The share that would have, null without an outcome. */
  counterfactualSuccess: Maybe<Rate>;
  /** Decisions counted again. */
  decisions: Scalars['Int']['output'];
  /** How many of them proved right or wrong. */
  evaluated: Scalars['Int']['output'];
  /** The second less the first, with the interval it lies in. */
  pnlDifference: Difference;
  /** How both sums grew over those decisions, oldest first. */
  pnlHistory: Array<PnlPoint>;
  /** The second less the first, with the interval it lies in: it rests on the decisions that changed. */
  successDifference: Difference;
};


/** What another way of counting would have come to, on votes as they were cast and trust as it was learned then. */
export type WhatIfPnlHistoryArgs = {
  points?: InputMaybe<Scalars['Int']['input']>;
};

/** How a node's last decisions are to be counted again; what is left out stays as it was in each vote. */
export type WhatIfInput = {
  /** How many of the swarm's last decisions, 1 to 10,000. */
  last?: InputMaybe<Scalars['Int']['input']>;
  /** Holding where the confidence is below this, in percent, 0 to 100. */
  minConfidence?: InputMaybe<Scalars['Int']['input']>;
  /** With this quorum, in percent, 1 to 100. */
  quorum?: InputMaybe<Scalars['Int']['input']>;
  /** By this rule. */
  rule?: InputMaybe<CountingRule>;
  /** The node, 24 hex digits. */
  userNodeId: Scalars['ID']['input'];
  /** With these weights, whatever rosters and ballots said; at most 200. An agent that did not vote changes nothing. */
  weights?: InputMaybe<Array<AgentWeightInput>>;
  /** Without these agents, and without the seats of those of them who voted; at most 200, none of them in `weights`. */
  withoutAgents?: InputMaybe<Array<Scalars['String']['input']>>;
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
  Abstention: Abstention;
  ActionResult: ResolverTypeWrapper<ActionResult>;
  AddMessageInput: AddMessageInput;
  AddMessagePayload: ResolverTypeWrapper<MessageAnswer>;
  AgentDrift: ResolverTypeWrapper<Omit<AgentDrift, 'findings'> & { findings: Array<ResolversTypes['DriftFinding']> }>;
  AgentEvidence: ResolverTypeWrapper<AgentEvidence>;
  AgentPerformance: ResolverTypeWrapper<AgentPerformanceModel>;
  AgentVote: ResolverTypeWrapper<AgentVote>;
  AgentWeight: ResolverTypeWrapper<AgentWeight>;
  AgentWeightInput: AgentWeightInput;
  BallotStatus: BallotStatus;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Calibration: ResolverTypeWrapper<Calibration>;
  CalibrationBin: ResolverTypeWrapper<CalibrationBin>;
  ChangeEvidence: ResolverTypeWrapper<ChangeEvidence>;
  ChangedDecision: ResolverTypeWrapper<ChangedDecisionModel>;
  CloseVotingInput: CloseVotingInput;
  CloseVotingPayload: ResolverTypeWrapper<Omit<CloseVotingPayload, 'swarmVote'> & { swarmVote?: Maybe<ResolversTypes['SwarmVote']> }>;
  Consensus: ResolverTypeWrapper<Consensus>;
  ConsensusPerformance: ResolverTypeWrapper<ConsensusPerformance>;
  ConsensusReason: ConsensusReason;
  Conversation: ResolverTypeWrapper<ConversationModel>;
  ConversationConnection: ResolverTypeWrapper<ConversationConnectionModel>;
  ConversationContext: ResolverTypeWrapper<ConversationContext>;
  ConversationEdge: ResolverTypeWrapper<Omit<ConversationEdge, 'node'> & { node: ResolversTypes['Conversation'] }>;
  ConversationFilter: ConversationFilter;
  ConversationOutcome: ResolverTypeWrapper<ConversationOutcome>;
  ConversationStatus: ConversationStatus;
  CountingRule: CountingRule;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DecideParameterChangeInput: DecideParameterChangeInput;
  Decision: ResolverTypeWrapper<Decision>;
  DecisionBrief: ResolverTypeWrapper<DecisionBriefModel>;
  DecisionContext: ResolverTypeWrapper<DecisionContext>;
  DecisionContextInput: DecisionContextInput;
  DecisionFilter: DecisionFilter;
  DecisionLog: ResolverTypeWrapper<DecisionLogModel>;
  DecisionLogConnection: ResolverTypeWrapper<DecisionConnectionModel>;
  DecisionLogEdge: ResolverTypeWrapper<Omit<DecisionLogEdge, 'node'> & { node: ResolversTypes['DecisionLog'] }>;
  DecisionOutcome: ResolverTypeWrapper<DecisionOutcome>;
  DecisionResult: DecisionResult;
  DecisionType: DecisionType;
  Difference: ResolverTypeWrapper<Difference>;
  DriftFinding: ResolverTypeWrapper<DriftFindingModel>;
  DriftKind: DriftKind;
  DriftTest: DriftTest;
  Feedback: ResolverTypeWrapper<Feedback>;
  FeedbackSource: FeedbackSource;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  FlowPhase: FlowPhase;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  LateRefusals: ResolverTypeWrapper<LateRefusals>;
  Learning: ResolverTypeWrapper<Omit<Learning, 'lessons'> & { lessons: Array<ResolversTypes['Lesson']> }>;
  LearningStats: ResolverTypeWrapper<LearningStatsModel>;
  Lesson: ResolverTypeWrapper<LessonModel>;
  LessonCode: LessonCode;
  LessonCount: ResolverTypeWrapper<LessonCount>;
  LessonSource: LessonSource;
  LogDecisionInput: LogDecisionInput;
  LogDecisionPayload: ResolverTypeWrapper<DecisionAnswer>;
  Measure: ResolverTypeWrapper<Measure>;
  MeasureGap: MeasureGap;
  Message: ResolverTypeWrapper<MessageModel>;
  MessageConnection: ResolverTypeWrapper<Omit<MessageConnection, 'edges'> & { edges: Array<ResolversTypes['MessageEdge']> }>;
  MessageContent: ResolverTypeWrapper<MessageContent>;
  MessageContentInput: MessageContentInput;
  MessageEdge: ResolverTypeWrapper<Omit<MessageEdge, 'node'> & { node: ResolversTypes['Message'] }>;
  MessageStatus: MessageStatus;
  MessageType: MessageType;
  MessageUi: ResolverTypeWrapper<MessageUi>;
  MessageUiInput: MessageUiInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<NodeModel>;
  NodeConnection: ResolverTypeWrapper<Omit<NodeConnection, 'edges'> & { edges: Array<ResolversTypes['NodeEdge']> }>;
  NodeEdge: ResolverTypeWrapper<Omit<NodeEdge, 'node'> & { node: ResolversTypes['Node'] }>;
  NodeParameters: ResolverTypeWrapper<NodeParameters>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  ParameterAdjustment: ResolverTypeWrapper<ParameterAdjustment>;
  ParameterChange: ResolverTypeWrapper<ParameterChangeModel>;
  ParameterChangeConnection: ResolverTypeWrapper<Omit<ParameterChangeConnection, 'edges'> & { edges: Array<ResolversTypes['ParameterChangeEdge']> }>;
  ParameterChangeDecision: ParameterChangeDecision;
  ParameterChangeEdge: ResolverTypeWrapper<Omit<ParameterChangeEdge, 'node'> & { node: ResolversTypes['ParameterChange'] }>;
  ParameterChangeFilter: ParameterChangeFilter;
  ParameterChangePayload: ResolverTypeWrapper<Omit<ParameterChangePayload, 'parameterChange'> & { parameterChange?: Maybe<ResolversTypes['ParameterChange']> }>;
  ParameterChangeStatus: ParameterChangeStatus;
  PerformanceDimension: PerformanceDimension;
  PerformanceSlice: ResolverTypeWrapper<PerformanceSlice>;
  PivotalAgent: ResolverTypeWrapper<PivotalAgent>;
  PivotalChange: ResolverTypeWrapper<PivotalChange>;
  PnlPoint: ResolverTypeWrapper<PnlPoint>;
  ProposeParameterChangeInput: ProposeParameterChangeInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Rate: ResolverTypeWrapper<Rate>;
  RecordFeedbackInput: RecordFeedbackInput;
  RecordFeedbackPayload: ResolverTypeWrapper<Omit<RecordFeedbackPayload, 'decisionLog'> & { decisionLog?: Maybe<ResolversTypes['DecisionLog']> }>;
  RecordGap: RecordGap;
  RecordOutcomeInput: RecordOutcomeInput;
  RecordOutcomePayload: ResolverTypeWrapper<ConversationAnswer>;
  Remark: ResolverTypeWrapper<Remark>;
  RemarkCode: RemarkCode;
  RosterAgentInput: RosterAgentInput;
  Scope: Scope;
  Sentiment: Sentiment;
  StartConversationInput: StartConversationInput;
  StartConversationPayload: ResolverTypeWrapper<ConversationAnswer>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SuggestParameterChangesInput: SuggestParameterChangesInput;
  SuggestParameterChangesPayload: ResolverTypeWrapper<Omit<SuggestParameterChangesPayload, 'parameterChanges'> & { parameterChanges: Array<ResolversTypes['ParameterChange']> }>;
  SwarmAction: SwarmAction;
  SwarmVote: ResolverTypeWrapper<SwarmVoteModel>;
  Tone: Tone;
  TradeAction: TradeAction;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  Viewer: ResolverTypeWrapper<Viewer>;
  Vote: ResolverTypeWrapper<Vote>;
  VoteExplanation: ResolverTypeWrapper<ExplanationModel>;
  VoteInput: VoteInput;
  VoteResults: ResolverTypeWrapper<VoteResults>;
  WeightPoint: ResolverTypeWrapper<WeightPoint>;
  WhatIf: ResolverTypeWrapper<WhatIfModel>;
  WhatIfInput: WhatIfInput;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionResult: ActionResult;
  AddMessageInput: AddMessageInput;
  AddMessagePayload: MessageAnswer;
  AgentDrift: Omit<AgentDrift, 'findings'> & { findings: Array<ResolversParentTypes['DriftFinding']> };
  AgentEvidence: AgentEvidence;
  AgentPerformance: AgentPerformanceModel;
  AgentVote: AgentVote;
  AgentWeight: AgentWeight;
  AgentWeightInput: AgentWeightInput;
  Boolean: Scalars['Boolean']['output'];
  Calibration: Calibration;
  CalibrationBin: CalibrationBin;
  ChangeEvidence: ChangeEvidence;
  ChangedDecision: ChangedDecisionModel;
  CloseVotingInput: CloseVotingInput;
  CloseVotingPayload: Omit<CloseVotingPayload, 'swarmVote'> & { swarmVote?: Maybe<ResolversParentTypes['SwarmVote']> };
  Consensus: Consensus;
  ConsensusPerformance: ConsensusPerformance;
  Conversation: ConversationModel;
  ConversationConnection: ConversationConnectionModel;
  ConversationContext: ConversationContext;
  ConversationEdge: Omit<ConversationEdge, 'node'> & { node: ResolversParentTypes['Conversation'] };
  ConversationFilter: ConversationFilter;
  ConversationOutcome: ConversationOutcome;
  DateTime: Scalars['DateTime']['output'];
  DecideParameterChangeInput: DecideParameterChangeInput;
  Decision: Decision;
  DecisionBrief: DecisionBriefModel;
  DecisionContext: DecisionContext;
  DecisionContextInput: DecisionContextInput;
  DecisionFilter: DecisionFilter;
  DecisionLog: DecisionLogModel;
  DecisionLogConnection: DecisionConnectionModel;
  DecisionLogEdge: Omit<DecisionLogEdge, 'node'> & { node: ResolversParentTypes['DecisionLog'] };
  DecisionOutcome: DecisionOutcome;
  Difference: Difference;
  DriftFinding: DriftFindingModel;
  Feedback: Feedback;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  Int: Scalars['Int']['output'];
  JSON: Scalars['JSON']['output'];
  LateRefusals: LateRefusals;
  Learning: Omit<Learning, 'lessons'> & { lessons: Array<ResolversParentTypes['Lesson']> };
  LearningStats: LearningStatsModel;
  Lesson: LessonModel;
  LessonCount: LessonCount;
  LogDecisionInput: LogDecisionInput;
  LogDecisionPayload: DecisionAnswer;
  Measure: Measure;
  Message: MessageModel;
  MessageConnection: Omit<MessageConnection, 'edges'> & { edges: Array<ResolversParentTypes['MessageEdge']> };
  MessageContent: MessageContent;
  MessageContentInput: MessageContentInput;
  MessageEdge: Omit<MessageEdge, 'node'> & { node: ResolversParentTypes['Message'] };
  MessageUi: MessageUi;
  MessageUiInput: MessageUiInput;
  Mutation: Record<PropertyKey, never>;
  Node: NodeModel;
  NodeConnection: Omit<NodeConnection, 'edges'> & { edges: Array<ResolversParentTypes['NodeEdge']> };
  NodeEdge: Omit<NodeEdge, 'node'> & { node: ResolversParentTypes['Node'] };
  NodeParameters: NodeParameters;
  PageInfo: PageInfo;
  ParameterAdjustment: ParameterAdjustment;
  ParameterChange: ParameterChangeModel;
  ParameterChangeConnection: Omit<ParameterChangeConnection, 'edges'> & { edges: Array<ResolversParentTypes['ParameterChangeEdge']> };
  ParameterChangeEdge: Omit<ParameterChangeEdge, 'node'> & { node: ResolversParentTypes['ParameterChange'] };
  ParameterChangeFilter: ParameterChangeFilter;
  ParameterChangePayload: Omit<ParameterChangePayload, 'parameterChange'> & { parameterChange?: Maybe<ResolversParentTypes['ParameterChange']> };
  PerformanceSlice: PerformanceSlice;
  PivotalAgent: PivotalAgent;
  PivotalChange: PivotalChange;
  PnlPoint: PnlPoint;
  ProposeParameterChangeInput: ProposeParameterChangeInput;
  Query: Record<PropertyKey, never>;
  Rate: Rate;
  RecordFeedbackInput: RecordFeedbackInput;
  RecordFeedbackPayload: Omit<RecordFeedbackPayload, 'decisionLog'> & { decisionLog?: Maybe<ResolversParentTypes['DecisionLog']> };
  RecordOutcomeInput: RecordOutcomeInput;
  RecordOutcomePayload: ConversationAnswer;
  Remark: Remark;
  RosterAgentInput: RosterAgentInput;
  StartConversationInput: StartConversationInput;
  StartConversationPayload: ConversationAnswer;
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  SuggestParameterChangesInput: SuggestParameterChangesInput;
  SuggestParameterChangesPayload: Omit<SuggestParameterChangesPayload, 'parameterChanges'> & { parameterChanges: Array<ResolversParentTypes['ParameterChange']> };
  SwarmVote: SwarmVoteModel;
  UserError: UserError;
  Viewer: Viewer;
  Vote: Vote;
  VoteExplanation: ExplanationModel;
  VoteInput: VoteInput;
  VoteResults: VoteResults;
  WeightPoint: WeightPoint;
  WhatIf: WhatIfModel;
  WhatIfInput: WhatIfInput;
};

export type ListSizeDirectiveArgs = {
  most: Scalars['Int']['input'];
};

export type ListSizeDirectiveResolver<Result, Parent, ContextType = Context, Args = ListSizeDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AbstentionResolvers = EnumResolverSignature<{ ABSTAINED?: any, MODEL_ERROR?: any, NO_DATA?: any, PARSE_ERROR?: any, TIMED_OUT?: any }, ResolversTypes['Abstention']>;

export type ActionResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionResult'] = ResolversParentTypes['ActionResult']> = {
  totalConfidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  votes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AddMessagePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddMessagePayload'] = ResolversParentTypes['AddMessagePayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['Message']>, ParentType, ContextType>;
  remarks?: Resolver<Array<ResolversTypes['Remark']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AgentDriftResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentDrift'] = ResolversParentTypes['AgentDrift']> = {
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  findings?: Resolver<Array<ResolversTypes['DriftFinding']>, ParentType, ContextType>;
  isDrifting?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['MeasureGap']>, ParentType, ContextType>;
  votes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AgentEvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentEvidence'] = ResolversParentTypes['AgentEvidence']> = {
  action?: Resolver<ResolversTypes['TradeAction'], ParentType, ContextType>;
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  probability?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  share?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type AgentPerformanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentPerformance'] = ResolversParentTypes['AgentPerformance']> = {
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  brier?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  brierSkill?: Resolver<ResolversTypes['Measure'], ParentType, ContextType>;
  calibration?: Resolver<ResolversTypes['Calibration'], ParentType, ContextType>;
  edge?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  evaluatedVotes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hitRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  learnedWeight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  nearNames?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pnlAttributed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  recentHitRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  slices?: Resolver<Array<ResolversTypes['PerformanceSlice']>, ParentType, ContextType, RequireFields<AgentPerformanceSlicesArgs, 'by'>>;
  streak?: Resolver<Array<ResolversTypes['Boolean']>, ParentType, ContextType>;
  weightHistory?: Resolver<Array<ResolversTypes['WeightPoint']>, ParentType, ContextType, RequireFields<AgentPerformanceWeightHistoryArgs, 'last'>>;
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

export type AgentWeightResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AgentWeight'] = ResolversParentTypes['AgentWeight']> = {
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type BallotStatusResolvers = EnumResolverSignature<{ ABSTAINED?: any, ADVISORY?: any, COUNTED?: any, FAILED?: any, LATE?: any, MISSING?: any }, ResolversTypes['BallotStatus']>;

export type CalibrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Calibration'] = ResolversParentTypes['Calibration']> = {
  bins?: Resolver<Array<ResolversTypes['CalibrationBin']>, ParentType, ContextType>;
  ece?: Resolver<ResolversTypes['Measure'], ParentType, ContextType>;
  floor?: Resolver<ResolversTypes['Measure'], ParentType, ContextType>;
};

export type CalibrationBinResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CalibrationBin'] = ResolversParentTypes['CalibrationBin']> = {
  from?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hitRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  meanStated?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChangeEvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangeEvidence'] = ResolversParentTypes['ChangeEvidence']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  decisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pnlDifference?: Resolver<ResolversTypes['Difference'], ParentType, ContextType>;
  successDifference?: Resolver<ResolversTypes['Difference'], ParentType, ContextType>;
};

export type ChangedDecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChangedDecision'] = ResolversParentTypes['ChangedDecision']> = {
  decision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  from?: Resolver<ResolversTypes['TradeAction'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['TradeAction'], ParentType, ContextType>;
  wasRight?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  wouldBeRight?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type CloseVotingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CloseVotingPayload'] = ResolversParentTypes['CloseVotingPayload']> = {
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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

export type ConsensusPerformanceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConsensusPerformance'] = ResolversParentTypes['ConsensusPerformance']> = {
  brier?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  brierSkill?: Resolver<ResolversTypes['Measure'], ParentType, ContextType>;
  calibration?: Resolver<ResolversTypes['Calibration'], ParentType, ContextType>;
  evaluatedDecisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  losses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meanLoss?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  meanWin?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  recentSuccessRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  successRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  wins?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ConsensusReasonResolvers = EnumResolverSignature<{ EVIDENCE?: any, NO_QUORUM?: any, PLURALITY?: any, TIE?: any }, ResolversTypes['ConsensusReason']>;

export type ConversationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Conversation'] = ResolversParentTypes['Conversation']> = {
  context?: Resolver<ResolversTypes['ConversationContext'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  executionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  flowId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  keepsLate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastSeq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lateRefused?: Resolver<ResolversTypes['LateRefusals'], ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['MessageConnection'], ParentType, ContextType, Partial<ConversationMessagesArgs>>;
  outcome?: Resolver<Maybe<ResolversTypes['ConversationOutcome']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ConversationStatus'], ParentType, ContextType>;
  swarmVote?: Resolver<ResolversTypes['SwarmVote'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ConversationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConversationConnection'] = ResolversParentTypes['ConversationConnection']> = {
  didYouMean?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
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

export type ConversationStatusResolvers = EnumResolverSignature<{ COMPLETED?: any, IN_PROGRESS?: any, VOTING?: any }, ResolversTypes['ConversationStatus']>;

export type CountingRuleResolvers = EnumResolverSignature<{ CONFIDENCE_WEIGHTED?: any, HEDGE?: any, LOG_ODDS?: any, MAJORITY?: any }, ResolversTypes['CountingRule']>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DecisionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Decision'] = ResolversParentTypes['Decision']> = {
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  symbol?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tradeAction?: Resolver<Maybe<ResolversTypes['TradeAction']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['DecisionType'], ParentType, ContextType>;
};

export type DecisionBriefResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionBrief'] = ResolversParentTypes['DecisionBrief']> = {
  agent?: Resolver<Maybe<ResolversTypes['AgentPerformance']>, ParentType, ContextType>;
  agentDidYouMean?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  agentGap?: Resolver<Maybe<ResolversTypes['RecordGap']>, ParentType, ContextType>;
  didYouMean?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  isEmpty?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastOutcomes?: Resolver<Array<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  lessons?: Resolver<Array<ResolversTypes['LessonCount']>, ParentType, ContextType>;
  openDecisions?: Resolver<Array<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  lateVotes?: Resolver<Array<ResolversTypes['AgentVote']>, ParentType, ContextType>;
  learning?: Resolver<Maybe<ResolversTypes['Learning']>, ParentType, ContextType>;
  outcome?: Resolver<Maybe<ResolversTypes['DecisionOutcome']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DecisionLogConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DecisionLogConnection'] = ResolversParentTypes['DecisionLogConnection']> = {
  didYouMean?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
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
  result?: Resolver<ResolversTypes['DecisionResult'], ParentType, ContextType>;
  success?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  timeHeld?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type DecisionResultResolvers = EnumResolverSignature<{ FAILURE?: any, SCRATCH?: any, SUCCESS?: any }, ResolversTypes['DecisionResult']>;

export type DecisionTypeResolvers = EnumResolverSignature<{ PAUSE?: any, RISK_ADJUSTMENT?: any, TRADE?: any }, ResolversTypes['DecisionType']>;

export type DifferenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Difference'] = ResolversParentTypes['Difference']> = {
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  high?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  low?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  needed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['MeasureGap']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type DriftFindingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DriftFinding'] = ResolversParentTypes['DriftFinding']> = {
  after?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  before?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DriftKind'], ParentType, ContextType>;
  p?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sinceSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  test?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  testKind?: Resolver<ResolversTypes['DriftTest'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DriftKindResolvers = EnumResolverSignature<{ ACTION_MIX?: any, CONFIDENCE?: any, CONSTANT_ACTION?: any, CONSTANT_CONFIDENCE?: any }, ResolversTypes['DriftKind']>;

export type DriftTestResolvers = EnumResolverSignature<{ EXACT_BINOMIAL?: any, FISHER_EXACT?: any, MANN_WHITNEY?: any }, ResolversTypes['DriftTest']>;

export type FeedbackResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Feedback'] = ResolversParentTypes['Feedback']> = {
  outcome?: Resolver<ResolversTypes['DecisionOutcome'], ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['FeedbackSource']>, ParentType, ContextType>;
};

export type FeedbackSourceResolvers = EnumResolverSignature<{ EXECUTION?: any, HUMAN?: any, MARKET?: any, MODEL?: any }, ResolversTypes['FeedbackSource']>;

export type FlowPhaseResolvers = EnumResolverSignature<{ MARKET_ANALYSIS?: any, RISK_CHECK?: any, TRADE_DECISION?: any }, ResolversTypes['FlowPhase']>;

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type LateRefusalsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LateRefusals'] = ResolversParentTypes['LateRefusals']> = {
  agents?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  ballots?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type LearningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Learning'] = ResolversParentTypes['Learning']> = {
  confidenceAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  lessons?: Resolver<Array<ResolversTypes['Lesson']>, ParentType, ContextType>;
  lessonsLearned?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  parametersToAdjust?: Resolver<Array<ResolversTypes['ParameterAdjustment']>, ParentType, ContextType>;
  wasCorrect?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type LearningStatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LearningStats'] = ResolversParentTypes['LearningStats']> = {
  adjustments?: Resolver<Array<ResolversTypes['ParameterAdjustment']>, ParentType, ContextType>;
  agents?: Resolver<Array<ResolversTypes['AgentPerformance']>, ParentType, ContextType>;
  confidenceAccuracy?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  consensus?: Resolver<ResolversTypes['ConsensusPerformance'], ParentType, ContextType>;
  evaluatedDecisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  scratches?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  successRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  topLessons?: Resolver<Array<ResolversTypes['LessonCount']>, ParentType, ContextType>;
  totalDecisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  totalPnl?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type LessonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Lesson'] = ResolversParentTypes['Lesson']> = {
  code?: Resolver<Maybe<ResolversTypes['LessonCode']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['LessonSource'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LessonCodeResolvers = EnumResolverSignature<{ AGENT_DEGRADED?: any, AGENT_EARNED_TRUST?: any, DISSENT_VINDICATED?: any, EXIT_REASON_CLUSTER?: any, LOSS_OUTLIER?: any, OVERCONFIDENT?: any, OVERRULED_MAJORITY_RIGHT?: any, OVERRULED_MAJORITY_WRONG?: any, PNL_SIGN_MISMATCH?: any, UNANIMOUS_MISS?: any, UNDERCONFIDENT?: any }, ResolversTypes['LessonCode']>;

export type LessonCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LessonCount'] = ResolversParentTypes['LessonCount']> = {
  code?: Resolver<Maybe<ResolversTypes['LessonCode']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lesson?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['LessonSource'], ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type LessonSourceResolvers = EnumResolverSignature<{ CALLER?: any, EXECUTION?: any, HUMAN?: any, MARKET?: any, MODEL?: any, SERVER?: any }, ResolversTypes['LessonSource']>;

export type LogDecisionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LogDecisionPayload'] = ResolversParentTypes['LogDecisionPayload']> = {
  decisionLog?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  remarks?: Resolver<Array<ResolversTypes['Remark']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MeasureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Measure'] = ResolversParentTypes['Measure']> = {
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  needed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['MeasureGap']>, ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type MeasureGapResolvers = EnumResolverSignature<{ NOT_ENOUGH_DATA?: any, NO_VARIATION?: any }, ResolversTypes['MeasureGap']>;

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
  status?: Resolver<ResolversTypes['MessageStatus'], ParentType, ContextType>;
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

export type MessageStatusResolvers = EnumResolverSignature<{ IN_TIME?: any, LATE?: any }, ResolversTypes['MessageStatus']>;

export type MessageTypeResolvers = EnumResolverSignature<{ ANALYSIS?: any, DECISION?: any, THOUGHT?: any, VOTE?: any }, ResolversTypes['MessageType']>;

export type MessageUiResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MessageUi'] = ResolversParentTypes['MessageUi']> = {
  color?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  icon?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tone?: Resolver<Maybe<ResolversTypes['Tone']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  addMessage?: Resolver<Maybe<ResolversTypes['AddMessagePayload']>, ParentType, ContextType, RequireFields<MutationAddMessageArgs, 'input'>>;
  closeVoting?: Resolver<Maybe<ResolversTypes['CloseVotingPayload']>, ParentType, ContextType, RequireFields<MutationCloseVotingArgs, 'input'>>;
  decideParameterChange?: Resolver<Maybe<ResolversTypes['ParameterChangePayload']>, ParentType, ContextType, RequireFields<MutationDecideParameterChangeArgs, 'input'>>;
  logDecision?: Resolver<Maybe<ResolversTypes['LogDecisionPayload']>, ParentType, ContextType, RequireFields<MutationLogDecisionArgs, 'input'>>;
  proposeParameterChange?: Resolver<Maybe<ResolversTypes['ParameterChangePayload']>, ParentType, ContextType, RequireFields<MutationProposeParameterChangeArgs, 'input'>>;
  recordFeedback?: Resolver<Maybe<ResolversTypes['RecordFeedbackPayload']>, ParentType, ContextType, RequireFields<MutationRecordFeedbackArgs, 'input'>>;
  recordOutcome?: Resolver<Maybe<ResolversTypes['RecordOutcomePayload']>, ParentType, ContextType, RequireFields<MutationRecordOutcomeArgs, 'input'>>;
  startConversation?: Resolver<Maybe<ResolversTypes['StartConversationPayload']>, ParentType, ContextType, RequireFields<MutationStartConversationArgs, 'input'>>;
  suggestParameterChanges?: Resolver<Maybe<ResolversTypes['SuggestParameterChangesPayload']>, ParentType, ContextType, RequireFields<MutationSuggestParameterChangesArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  agents?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  decisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastDecision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  openProposals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parameterVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type NodeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NodeConnection'] = ResolversParentTypes['NodeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['NodeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type NodeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NodeEdge'] = ResolversParentTypes['NodeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Node'], ParentType, ContextType>;
};

export type NodeParametersResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NodeParameters'] = ResolversParentTypes['NodeParameters']> = {
  minConfidence?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quorum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['CountingRule'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  weights?: Resolver<Array<ResolversTypes['AgentWeight']>, ParentType, ContextType>;
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

export type ParameterChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParameterChange'] = ResolversParentTypes['ParameterChange']> = {
  comment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  decidedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  decidedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  decision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType>;
  evidence?: Resolver<Maybe<ResolversTypes['ChangeEvidence']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  path?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  proposedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  proposedBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rolledBackAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rolledBackBy?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  rolledBackComment?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rolledBackVersion?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ParameterChangeStatus'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  userNodeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ParameterChangeConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParameterChangeConnection'] = ResolversParentTypes['ParameterChangeConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ParameterChangeEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ParameterChangeDecisionResolvers = EnumResolverSignature<{ APPROVE?: any, REJECT?: any, ROLL_BACK?: any }, ResolversTypes['ParameterChangeDecision']>;

export type ParameterChangeEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParameterChangeEdge'] = ResolversParentTypes['ParameterChangeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ParameterChange'], ParentType, ContextType>;
};

export type ParameterChangePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParameterChangePayload'] = ResolversParentTypes['ParameterChangePayload']> = {
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  parameterChange?: Resolver<Maybe<ResolversTypes['ParameterChange']>, ParentType, ContextType>;
  remarks?: Resolver<Array<ResolversTypes['Remark']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ParameterChangeStatusResolvers = EnumResolverSignature<{ APPLIED?: any, APPROVED?: any, PROPOSED?: any, REJECTED?: any, ROLLED_BACK?: any }, ResolversTypes['ParameterChangeStatus']>;

export type PerformanceDimensionResolvers = EnumResolverSignature<{ ACTION?: any, MODEL?: any, PHASE?: any, SYMBOL?: any }, ResolversTypes['PerformanceDimension']>;

export type PerformanceSliceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PerformanceSlice'] = ResolversParentTypes['PerformanceSlice']> = {
  brier?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  brierSkill?: Resolver<ResolversTypes['Measure'], ParentType, ContextType>;
  calibration?: Resolver<ResolversTypes['Calibration'], ParentType, ContextType>;
  edge?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  evaluatedVotes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  hitRate?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  key?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  learnedWeight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  nearKeys?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pnlAttributed?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  recentHitRate?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type PivotalAgentResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PivotalAgent'] = ResolversParentTypes['PivotalAgent']> = {
  agentName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['PivotalChange']>, ParentType, ContextType>;
};

export type PivotalChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PivotalChange'] = ResolversParentTypes['PivotalChange']> = {
  action?: Resolver<ResolversTypes['TradeAction'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ConsensusReason'], ParentType, ContextType>;
  vote?: Resolver<Maybe<ResolversTypes['TradeAction']>, ParentType, ContextType>;
};

export type PnlPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PnlPoint'] = ResolversParentTypes['PnlPoint']> = {
  actual?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  counterfactual?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  agentDrift?: Resolver<Maybe<Array<ResolversTypes['AgentDrift']>>, ParentType, ContextType, RequireFields<QueryAgentDriftArgs, 'userNodeId'>>;
  agentPerformance?: Resolver<Maybe<Array<ResolversTypes['AgentPerformance']>>, ParentType, ContextType, RequireFields<QueryAgentPerformanceArgs, 'userNodeId'>>;
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType, Partial<QueryConversationArgs>>;
  conversations?: Resolver<Maybe<ResolversTypes['ConversationConnection']>, ParentType, ContextType, RequireFields<QueryConversationsArgs, 'first'>>;
  decision?: Resolver<Maybe<ResolversTypes['DecisionLog']>, ParentType, ContextType, RequireFields<QueryDecisionArgs, 'id'>>;
  decisionBrief?: Resolver<Maybe<ResolversTypes['DecisionBrief']>, ParentType, ContextType, RequireFields<QueryDecisionBriefArgs, 'symbol' | 'userNodeId'>>;
  decisions?: Resolver<Maybe<ResolversTypes['DecisionLogConnection']>, ParentType, ContextType, RequireFields<QueryDecisionsArgs, 'first' | 'userNodeId'>>;
  learningStats?: Resolver<Maybe<ResolversTypes['LearningStats']>, ParentType, ContextType, RequireFields<QueryLearningStatsArgs, 'userNodeId'>>;
  nodeParameters?: Resolver<Maybe<ResolversTypes['NodeParameters']>, ParentType, ContextType, RequireFields<QueryNodeParametersArgs, 'userNodeId'>>;
  nodes?: Resolver<Maybe<ResolversTypes['NodeConnection']>, ParentType, ContextType, RequireFields<QueryNodesArgs, 'first'>>;
  parameterChanges?: Resolver<Maybe<ResolversTypes['ParameterChangeConnection']>, ParentType, ContextType, RequireFields<QueryParameterChangesArgs, 'first' | 'userNodeId'>>;
  viewer?: Resolver<Maybe<ResolversTypes['Viewer']>, ParentType, ContextType>;
  whatIf?: Resolver<Maybe<ResolversTypes['WhatIf']>, ParentType, ContextType, RequireFields<QueryWhatIfArgs, 'input'>>;
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
  remarks?: Resolver<Array<ResolversTypes['Remark']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RecordGapResolvers = EnumResolverSignature<{ TOO_MANY_DECISIONS?: any }, ResolversTypes['RecordGap']>;

export type RecordOutcomePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RecordOutcomePayload'] = ResolversParentTypes['RecordOutcomePayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type RemarkResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Remark'] = ResolversParentTypes['Remark']> = {
  code?: Resolver<ResolversTypes['RemarkCode'], ParentType, ContextType>;
  didYouMean?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type RemarkCodeResolvers = EnumResolverSignature<{ CONFIDENCE_SCALE?: any, NEAR_NAME?: any, NEAR_SYMBOL?: any, PNL_REPLACED?: any, PNL_ROUNDED?: any, QUORUM_SCALE?: any, SCRATCH_AS_FAILURE?: any }, ResolversTypes['RemarkCode']>;

export type ScopeResolvers = EnumResolverSignature<{ ADMIN?: any, READ?: any, WRITE?: any }, ResolversTypes['Scope']>;

export type SentimentResolvers = EnumResolverSignature<{ BEARISH?: any, BULLISH?: any, NEUTRAL?: any }, ResolversTypes['Sentiment']>;

export type StartConversationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StartConversationPayload'] = ResolversParentTypes['StartConversationPayload']> = {
  conversation?: Resolver<Maybe<ResolversTypes['Conversation']>, ParentType, ContextType>;
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  remarks?: Resolver<Array<ResolversTypes['Remark']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  agentDrift?: SubscriptionResolver<Array<ResolversTypes['AgentDrift']>, "agentDrift", ParentType, ContextType, RequireFields<SubscriptionAgentDriftArgs, 'userNodeId'>>;
  conversationChanged?: SubscriptionResolver<ResolversTypes['Conversation'], "conversationChanged", ParentType, ContextType, Partial<SubscriptionConversationChangedArgs>>;
  messageAdded?: SubscriptionResolver<ResolversTypes['Message'], "messageAdded", ParentType, ContextType, RequireFields<SubscriptionMessageAddedArgs, 'afterSeq' | 'executionId'>>;
  voteCompleted?: SubscriptionResolver<ResolversTypes['SwarmVote'], "voteCompleted", ParentType, ContextType, Partial<SubscriptionVoteCompletedArgs>>;
};

export type SuggestParameterChangesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SuggestParameterChangesPayload'] = ResolversParentTypes['SuggestParameterChangesPayload']> = {
  duplicate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  parameterChanges?: Resolver<Array<ResolversTypes['ParameterChange']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SwarmActionResolvers = EnumResolverSignature<{ ANALYZING?: any, EXECUTING?: any, VOTING?: any }, ResolversTypes['SwarmAction']>;

export type SwarmVoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SwarmVote'] = ResolversParentTypes['SwarmVote']> = {
  consensus?: Resolver<Maybe<ResolversTypes['Consensus']>, ParentType, ContextType>;
  conversation?: Resolver<ResolversTypes['Conversation'], ParentType, ContextType>;
  conversationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deadline?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  explanation?: Resolver<Maybe<ResolversTypes['VoteExplanation']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  lateVotes?: Resolver<Array<ResolversTypes['AgentVote']>, ParentType, ContextType>;
  neededBallots?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  parameterVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quorum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  results?: Resolver<ResolversTypes['VoteResults'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['CountingRule'], ParentType, ContextType>;
  totalAgents?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  votes?: Resolver<Array<ResolversTypes['AgentVote']>, ParentType, ContextType>;
  votingCompleted?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ToneResolvers = EnumResolverSignature<{ CALM?: any, EXCITED?: any, NEUTRAL?: any, URGENT?: any }, ResolversTypes['Tone']>;

export type TradeActionResolvers = EnumResolverSignature<{ BUY?: any, HOLD?: any, SELL?: any }, ResolversTypes['TradeAction']>;

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  didYouMean?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type UserErrorCodeResolvers = EnumResolverSignature<{ AGENT_NOT_ALLOWED?: any, CONFLICT?: any, CONVERSATION_FULL?: any, INVALID?: any, NOT_FOUND?: any, VOTING_CLOSED?: any, VOTING_OPEN?: any }, ResolversTypes['UserErrorCode']>;

export type ViewerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  agentName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  grants?: Resolver<Array<ResolversTypes['Scope']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type VoteResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Vote'] = ResolversParentTypes['Vote']> = {
  abstention?: Resolver<Maybe<ResolversTypes['Abstention']>, ParentType, ContextType>;
  action?: Resolver<Maybe<ResolversTypes['TradeAction']>, ParentType, ContextType>;
  confidence?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  weight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VoteExplanationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VoteExplanation'] = ResolversParentTypes['VoteExplanation']> = {
  agents?: Resolver<Array<ResolversTypes['AgentEvidence']>, ParentType, ContextType>;
  agreementByHeads?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  agreementByWeight?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  buy?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  decisionSeq?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  dissenters?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  hold?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  margin?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  parameterVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pivotalAgents?: Resolver<Array<ResolversTypes['PivotalAgent']>, ParentType, ContextType>;
  raw?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['CountingRule'], ParentType, ContextType>;
  ruleVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  runnerUp?: Resolver<Maybe<ResolversTypes['TradeAction']>, ParentType, ContextType>;
  sell?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type VoteResultsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VoteResults'] = ResolversParentTypes['VoteResults']> = {
  buy?: Resolver<ResolversTypes['ActionResult'], ParentType, ContextType>;
  hold?: Resolver<ResolversTypes['ActionResult'], ParentType, ContextType>;
  sell?: Resolver<ResolversTypes['ActionResult'], ParentType, ContextType>;
};

export type WeightPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WeightPoint'] = ResolversParentTypes['WeightPoint']> = {
  learnedWeight?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  n?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seq?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  timestamp?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WhatIfResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WhatIf'] = ResolversParentTypes['WhatIf']> = {
  actualPnl?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  actualSuccess?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  changed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['ChangedDecision']>, ParentType, ContextType>;
  counterfactual?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  counterfactualPnl?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  counterfactualSuccess?: Resolver<Maybe<ResolversTypes['Rate']>, ParentType, ContextType>;
  decisions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  evaluated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pnlDifference?: Resolver<ResolversTypes['Difference'], ParentType, ContextType>;
  pnlHistory?: Resolver<Array<ResolversTypes['PnlPoint']>, ParentType, ContextType, RequireFields<WhatIfPnlHistoryArgs, 'points'>>;
  successDifference?: Resolver<ResolversTypes['Difference'], ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Abstention?: AbstentionResolvers;
  ActionResult?: ActionResultResolvers<ContextType>;
  AddMessagePayload?: AddMessagePayloadResolvers<ContextType>;
  AgentDrift?: AgentDriftResolvers<ContextType>;
  AgentEvidence?: AgentEvidenceResolvers<ContextType>;
  AgentPerformance?: AgentPerformanceResolvers<ContextType>;
  AgentVote?: AgentVoteResolvers<ContextType>;
  AgentWeight?: AgentWeightResolvers<ContextType>;
  BallotStatus?: BallotStatusResolvers;
  Calibration?: CalibrationResolvers<ContextType>;
  CalibrationBin?: CalibrationBinResolvers<ContextType>;
  ChangeEvidence?: ChangeEvidenceResolvers<ContextType>;
  ChangedDecision?: ChangedDecisionResolvers<ContextType>;
  CloseVotingPayload?: CloseVotingPayloadResolvers<ContextType>;
  Consensus?: ConsensusResolvers<ContextType>;
  ConsensusPerformance?: ConsensusPerformanceResolvers<ContextType>;
  ConsensusReason?: ConsensusReasonResolvers;
  Conversation?: ConversationResolvers<ContextType>;
  ConversationConnection?: ConversationConnectionResolvers<ContextType>;
  ConversationContext?: ConversationContextResolvers<ContextType>;
  ConversationEdge?: ConversationEdgeResolvers<ContextType>;
  ConversationOutcome?: ConversationOutcomeResolvers<ContextType>;
  ConversationStatus?: ConversationStatusResolvers;
  CountingRule?: CountingRuleResolvers;
  DateTime?: GraphQLScalarType;
  Decision?: DecisionResolvers<ContextType>;
  DecisionBrief?: DecisionBriefResolvers<ContextType>;
  DecisionContext?: DecisionContextResolvers<ContextType>;
  DecisionLog?: DecisionLogResolvers<ContextType>;
  DecisionLogConnection?: DecisionLogConnectionResolvers<ContextType>;
  DecisionLogEdge?: DecisionLogEdgeResolvers<ContextType>;
  DecisionOutcome?: DecisionOutcomeResolvers<ContextType>;
  DecisionResult?: DecisionResultResolvers;
  DecisionType?: DecisionTypeResolvers;
  Difference?: DifferenceResolvers<ContextType>;
  DriftFinding?: DriftFindingResolvers<ContextType>;
  DriftKind?: DriftKindResolvers;
  DriftTest?: DriftTestResolvers;
  Feedback?: FeedbackResolvers<ContextType>;
  FeedbackSource?: FeedbackSourceResolvers;
  FlowPhase?: FlowPhaseResolvers;
  JSON?: GraphQLScalarType;
  LateRefusals?: LateRefusalsResolvers<ContextType>;
  Learning?: LearningResolvers<ContextType>;
  LearningStats?: LearningStatsResolvers<ContextType>;
  Lesson?: LessonResolvers<ContextType>;
  LessonCode?: LessonCodeResolvers;
  LessonCount?: LessonCountResolvers<ContextType>;
  LessonSource?: LessonSourceResolvers;
  LogDecisionPayload?: LogDecisionPayloadResolvers<ContextType>;
  Measure?: MeasureResolvers<ContextType>;
  MeasureGap?: MeasureGapResolvers;
  Message?: MessageResolvers<ContextType>;
  MessageConnection?: MessageConnectionResolvers<ContextType>;
  MessageContent?: MessageContentResolvers<ContextType>;
  MessageEdge?: MessageEdgeResolvers<ContextType>;
  MessageStatus?: MessageStatusResolvers;
  MessageType?: MessageTypeResolvers;
  MessageUi?: MessageUiResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Node?: NodeResolvers<ContextType>;
  NodeConnection?: NodeConnectionResolvers<ContextType>;
  NodeEdge?: NodeEdgeResolvers<ContextType>;
  NodeParameters?: NodeParametersResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  ParameterAdjustment?: ParameterAdjustmentResolvers<ContextType>;
  ParameterChange?: ParameterChangeResolvers<ContextType>;
  ParameterChangeConnection?: ParameterChangeConnectionResolvers<ContextType>;
  ParameterChangeDecision?: ParameterChangeDecisionResolvers;
  ParameterChangeEdge?: ParameterChangeEdgeResolvers<ContextType>;
  ParameterChangePayload?: ParameterChangePayloadResolvers<ContextType>;
  ParameterChangeStatus?: ParameterChangeStatusResolvers;
  PerformanceDimension?: PerformanceDimensionResolvers;
  PerformanceSlice?: PerformanceSliceResolvers<ContextType>;
  PivotalAgent?: PivotalAgentResolvers<ContextType>;
  PivotalChange?: PivotalChangeResolvers<ContextType>;
  PnlPoint?: PnlPointResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Rate?: RateResolvers<ContextType>;
  RecordFeedbackPayload?: RecordFeedbackPayloadResolvers<ContextType>;
  RecordGap?: RecordGapResolvers;
  RecordOutcomePayload?: RecordOutcomePayloadResolvers<ContextType>;
  Remark?: RemarkResolvers<ContextType>;
  RemarkCode?: RemarkCodeResolvers;
  Scope?: ScopeResolvers;
  Sentiment?: SentimentResolvers;
  StartConversationPayload?: StartConversationPayloadResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SuggestParameterChangesPayload?: SuggestParameterChangesPayloadResolvers<ContextType>;
  SwarmAction?: SwarmActionResolvers;
  SwarmVote?: SwarmVoteResolvers<ContextType>;
  Tone?: ToneResolvers;
  TradeAction?: TradeActionResolvers;
  UserError?: UserErrorResolvers<ContextType>;
  UserErrorCode?: UserErrorCodeResolvers;
  Viewer?: ViewerResolvers<ContextType>;
  Vote?: VoteResolvers<ContextType>;
  VoteExplanation?: VoteExplanationResolvers<ContextType>;
  VoteResults?: VoteResultsResolvers<ContextType>;
  WeightPoint?: WeightPointResolvers<ContextType>;
  WhatIf?: WhatIfResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  listSize?: ListSizeDirectiveResolver<any, any, ContextType>;
};
