/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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
  /** The vote is complete; nothing more is taken. */
  | 'COMPLETED'
  /** Agents talk, nobody has voted yet. */
  | 'IN_PROGRESS'
  /** At least one ballot was cast. */
  | 'VOTING';

/** What can be done with a position. */
export type TradeAction =
  /** Open or add. */
  | 'BUY'
  /** Leave as it is. */
  | 'HOLD'
  /** Close or go short. */
  | 'SELL';

export type ListRowFragment = { executionId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string }, swarmVote: { id: string, totalAgents: number, consensus: { action: TradeAction, confidence: number | null, reason: ConsensusReason } | null }, outcome: { executed: boolean, action: TradeAction } | null, decision: { outcome: { success: boolean, pnl: number | null } | null } | null };

export type ListPageQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ConversationFilter | null | undefined;
}>;


export type ListPageQuery = { conversations: { edges: Array<{ node: { executionId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string }, swarmVote: { id: string, totalAgents: number, consensus: { action: TradeAction, confidence: number | null, reason: ConsensusReason } | null }, outcome: { executed: boolean, action: TradeAction } | null, decision: { outcome: { success: boolean, pnl: number | null } | null } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } | null };

export type ListChangesSubscriptionVariables = Exact<{
  since?: string | null | undefined;
}>;


export type ListChangesSubscription = { conversationChanged: { executionId: string, userNodeId: string, status: ConversationStatus, lastSeq: number, createdAt: string, updatedAt: string, context: { symbol: string }, swarmVote: { id: string, totalAgents: number, consensus: { action: TradeAction, confidence: number | null, reason: ConsensusReason } | null }, outcome: { executed: boolean, action: TradeAction } | null, decision: { outcome: { success: boolean, pnl: number | null } | null } | null } };

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
export const ListRowFragmentDoc = new TypedDocumentString(`
    fragment ListRow on Conversation {
  executionId
  userNodeId
  status
  context {
    symbol
  }
  lastSeq
  swarmVote {
    id
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
      success
      pnl
    }
  }
  createdAt
  updatedAt
}
    `, {"fragmentName":"ListRow"}) as unknown as TypedDocumentString<ListRowFragment, unknown>;
export const ListPageDocument = new TypedDocumentString(`
    query ListPage($first: Int!, $after: String, $filter: ConversationFilter) {
  conversations(first: $first, after: $after, filter: $filter) {
    edges {
      node {
        ...ListRow
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment ListRow on Conversation {
  executionId
  userNodeId
  status
  context {
    symbol
  }
  lastSeq
  swarmVote {
    id
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
      success
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
  executionId
  userNodeId
  status
  context {
    symbol
  }
  lastSeq
  swarmVote {
    id
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
      success
      pnl
    }
  }
  createdAt
  updatedAt
}`) as unknown as TypedDocumentString<ListChangesSubscription, ListChangesSubscriptionVariables>;