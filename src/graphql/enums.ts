import type { Resolvers } from '../generated/resolvers.js';

/** The API's words and the stored ones; tsc holds them against the schema and the domain. */
export const enumResolvers = {
  ConversationStatus: { IN_PROGRESS: 'in_progress', VOTING: 'voting', COMPLETED: 'completed' },
  SwarmAction: { ANALYZING: 'analyzing', VOTING: 'voting', EXECUTING: 'executing' },
  FlowPhase: {
    MARKET_ANALYSIS: 'market_analysis',
    RISK_CHECK: 'risk_check',
    TRADE_DECISION: 'trade_decision',
  },
  TradeAction: { BUY: 'buy', SELL: 'sell', HOLD: 'hold' },
  MessageType: { THOUGHT: 'thought', ANALYSIS: 'analysis', VOTE: 'vote', DECISION: 'decision' },
  Sentiment: { BULLISH: 'bullish', BEARISH: 'bearish', NEUTRAL: 'neutral' },
  Tone: { NEUTRAL: 'neutral', URGENT: 'urgent', CALM: 'calm', EXCITED: 'excited' },
  Abstention: {
    ABSTAINED: 'abstained',
    NO_DATA: 'no_data',
    MODEL_ERROR: 'model_error',
    PARSE_ERROR: 'parse_error',
    TIMED_OUT: 'timed_out',
  },
  BallotStatus: {
    COUNTED: 'counted',
    ADVISORY: 'advisory',
    ABSTAINED: 'abstained',
    FAILED: 'failed',
    MISSING: 'missing',
  },
  ConsensusReason: { EVIDENCE: 'evidence', PLURALITY: 'plurality', TIE: 'tie', NO_QUORUM: 'no_quorum' },
  DecisionType: { TRADE: 'trade', RISK_ADJUSTMENT: 'risk_adjustment', PAUSE: 'pause' },
  FeedbackSource: { EXECUTION: 'execution', MARKET: 'market', HUMAN: 'human', MODEL: 'model' },
  CountingRule: {
    LOG_ODDS: 'log_odds',
    MAJORITY: 'majority',
    CONFIDENCE_WEIGHTED: 'confidence_weighted',
    HEDGE: 'hedge',
  },
  LessonSource: {
    SERVER: 'server',
    EXECUTION: 'execution',
    MARKET: 'market',
    HUMAN: 'human',
    MODEL: 'model',
    CALLER: 'caller',
  },
  MeasureGap: { NOT_ENOUGH_DATA: 'not_enough_data', NO_VARIATION: 'no_variation' },
  PerformanceDimension: { SYMBOL: 'symbol', PHASE: 'phase', MODEL: 'model', ACTION: 'action' },
  ParameterChangeStatus: {
    PROPOSED: 'proposed',
    APPROVED: 'approved',
    REJECTED: 'rejected',
    ROLLED_BACK: 'rolled_back',
    APPLIED: 'applied',
  },
  ParameterChangeDecision: { APPROVE: 'approve', REJECT: 'reject', ROLL_BACK: 'roll_back' },
  Scope: { READ: 'read', WRITE: 'write', ADMIN: 'admin' },
  DriftTest: {
    FISHER_EXACT: 'Fisher exact',
    MANN_WHITNEY: 'Mann-Whitney',
    EXACT_BINOMIAL: 'exact binomial',
  },
  DriftKind: {
    ACTION_MIX: 'action_mix',
    CONFIDENCE: 'confidence',
    CONSTANT_CONFIDENCE: 'constant_confidence',
    CONSTANT_ACTION: 'constant_action',
  },
} satisfies Resolvers;
