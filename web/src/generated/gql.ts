/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment ListRow on Conversation {\n  executionId\n  userNodeId\n  status\n  context {\n    symbol\n  }\n  lastSeq\n  swarmVote {\n    id\n    totalAgents\n    consensus {\n      action\n      confidence\n      reason\n    }\n  }\n  outcome {\n    executed\n    action\n  }\n  decision {\n    outcome {\n      success\n      pnl\n    }\n  }\n  createdAt\n  updatedAt\n}\n\nquery ListPage($first: Int!, $after: String, $filter: ConversationFilter) {\n  conversations(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nsubscription ListChanges($since: DateTime) {\n  conversationChanged(since: $since) {\n    ...ListRow\n  }\n}": typeof types.ListRowFragmentDoc,
};
const documents: Documents = {
    "fragment ListRow on Conversation {\n  executionId\n  userNodeId\n  status\n  context {\n    symbol\n  }\n  lastSeq\n  swarmVote {\n    id\n    totalAgents\n    consensus {\n      action\n      confidence\n      reason\n    }\n  }\n  outcome {\n    executed\n    action\n  }\n  decision {\n    outcome {\n      success\n      pnl\n    }\n  }\n  createdAt\n  updatedAt\n}\n\nquery ListPage($first: Int!, $after: String, $filter: ConversationFilter) {\n  conversations(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nsubscription ListChanges($since: DateTime) {\n  conversationChanged(since: $since) {\n    ...ListRow\n  }\n}": types.ListRowFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ListRow on Conversation {\n  executionId\n  userNodeId\n  status\n  context {\n    symbol\n  }\n  lastSeq\n  swarmVote {\n    id\n    totalAgents\n    consensus {\n      action\n      confidence\n      reason\n    }\n  }\n  outcome {\n    executed\n    action\n  }\n  decision {\n    outcome {\n      success\n      pnl\n    }\n  }\n  createdAt\n  updatedAt\n}\n\nquery ListPage($first: Int!, $after: String, $filter: ConversationFilter) {\n  conversations(first: $first, after: $after, filter: $filter) {\n    edges {\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nsubscription ListChanges($since: DateTime) {\n  conversationChanged(since: $since) {\n    ...ListRow\n  }\n}"): typeof import('./graphql').ListRowFragmentDoc;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
