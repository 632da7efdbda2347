import type { RunningApp } from '../support/app.js';

const DIFFERENCE = 'value low high n changed reason needed';

export const CHANGE_FIELDS = /* GraphQL */ `
  id userNodeId path from to reason status
  proposedBy proposedAt decidedBy decidedAt comment rolledBackBy rolledBackAt rolledBackComment version rolledBackVersion
  decision { id }
  evidence { decisions n changed successDifference { ${DIFFERENCE} } pnlDifference { ${DIFFERENCE} } }
`;

/** What the API tells of decisions on a change that nobody has decided on. */
export const UNDECIDED = {
  decidedBy: null,
  decidedAt: null,
  comment: null,
  rolledBackBy: null,
  rolledBackAt: null,
  rolledBackComment: null,
  version: null,
  rolledBackVersion: null,
};

const PAYLOAD = `duplicate userErrors { code message field } parameterChange { ${CHANGE_FIELDS} }`;

const PROPOSE = `mutation Propose($input: ProposeParameterChangeInput!) { proposeParameterChange(input: $input) { ${PAYLOAD} } }`;
const DECIDE = `mutation Decide($input: DecideParameterChangeInput!) { decideParameterChange(input: $input) { ${PAYLOAD} } }`;
const SUGGEST = `
  mutation Suggest($userNodeId: ID!) {
    suggestParameterChanges(input: { userNodeId: $userNodeId }) {
      duplicate
      userErrors { code message field }
      parameterChanges { ${CHANGE_FIELDS} }
    }
  }
`;
const IN_FORCE = /* GraphQL */ `
  query InForce($userNodeId: ID!) {
    nodeParameters(userNodeId: $userNodeId) { version quorum rule minConfidence weights { agentName weight } }
  }
`;
export const HISTORY = `
  query History($userNodeId: ID!, $first: Int, $after: String, $filter: ParameterChangeFilter) {
    parameterChanges(userNodeId: $userNodeId, first: $first, after: $after, filter: $filter) {
      edges { cursor node { ${CHANGE_FIELDS} } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

export type Decision = 'APPROVE' | 'REJECT' | 'ROLL_BACK';

/** What a person does with the parameters of a node, through the API. */
export const settings = (app: RunningApp) => ({
  propose: async (userNodeId: string, path: string, to: unknown, reason = 'As the record says.') =>
    (await app.data(PROPOSE, { input: { userNodeId, path, to, reason } })).proposeParameterChange,
  decideOn: async (changeId: string, decision: Decision, comment?: string) =>
    (await app.data(DECIDE, { input: { changeId, decision, comment } })).decideParameterChange,
  suggest: async (userNodeId: string) => (await app.data(SUGGEST, { userNodeId })).suggestParameterChanges,
  inForce: async (userNodeId: string) => (await app.data(IN_FORCE, { userNodeId })).nodeParameters,
  history: async (userNodeId: string, page: Record<string, unknown> = {}) =>
    (await app.data(HISTORY, { userNodeId, ...page })).parameterChanges,
});

/** Proposes a change and approves it; the change. */
export async function approved(app: RunningApp, userNodeId: string, path: string, to: unknown) {
  const { propose, decideOn } = settings(app);
  const { parameterChange } = await propose(userNodeId, path, to);
  const answer = await decideOn(parameterChange.id, 'APPROVE');
  if (answer.userErrors.length > 0) throw new Error(JSON.stringify(answer));
  return answer.parameterChange;
}
