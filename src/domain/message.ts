import type { FlowPhase } from './flowPhase.js';
import type { Vote } from './voting.js';

/** What kind of message it is; only a vote casts a ballot. */
export type MessageType = 'thought' | 'analysis' | 'vote' | 'decision';

/** How a message sees the market. */
export type Sentiment = 'bullish' | 'bearish' | 'neutral';

/** How a page is to show a message. */
export type Tone = 'neutral' | 'urgent' | 'calm' | 'excited';

/** Any value JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What a message says. */
export interface MessageContent {
  text: string;
  /** Whole percent, 0 to 100. */
  confidence: number | null;
  sentiment: Sentiment | null;
  data: Json;
}

interface MessageUi {
  tone: Tone | null;
  icon: string | null;
  color: string | null;
}

/** What was said, as its author gave it: the part of a message that a retry must repeat. */
export interface MessageDraft {
  agentName: string;
  agentRole: string;
  aiModel: string | null;
  promptVersion: string | null;
  messageType: MessageType;
  replyToSeq: number | null;
  content: MessageContent;
  ui: MessageUi | null;
}

/** Whether it was said before the vote was complete. */
export type MessageStatus = 'in_time' | 'late';

/** One message of a conversation's gap-free sequence. */
export interface Message extends MessageDraft {
  id: string;
  executionId: string;
  /** 1, 2, 3 … within its conversation. */
  seq: number;
  phase: FlowPhase;
  vote: Vote | null;
  status: MessageStatus;
  timestamp: Date;
  /** The caller's key, or the message's own id. */
  idempotencyKey: string;
  /** Of everything the caller gave, so that a key used again with other content is seen. */
  contentHash: string;
}
