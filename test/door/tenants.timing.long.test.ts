import { beforeAll, expect, test } from '@jest/globals';
import { id, useApp } from '../support/app.js';
import { AUTH } from '../support/tokens.js';
import { fieldAt, SWEEPING, type Tenant, useTenants } from './tenant.js';

const running = useApp({ auth: AUTH, limits: SWEEPING });
const newTenant = useTenants();
let owner: Tenant;
let stranger: Tenant;

beforeAll(async () => {
  owner = await newTenant(running.app.url, 'quokka');
  stranger = await newTenant(running.app.url, 'wombat');
});

const PAIRS = 200;
/** Of what such a query takes. */
const MOST_SHARE = 0.5;

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

/** What another's id takes longer than one that is not there, as a share: medians over pairs that are asked in turn. */
async function shareOf(measure: (value: string) => Promise<number>, theirs: string): Promise<number> {
  const differences: number[] = [];
  const usual: number[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    const isTheirsFirst = pair % 2 === 0;
    const first = await measure(isTheirsFirst ? theirs : id());
    const second = await measure(isTheirsFirst ? id() : theirs);
    differences.push(isTheirsFirst ? first - second : second - first);
    usual.push(isTheirsFirst ? second : first);
  }
  return median(differences) / median(usual);
}

const firstConversation = async (): Promise<{ id: string; executionId: string }> => {
  const { conversations } = await owner.client.data(
    '{ conversations(first: 1) { edges { node { id executionId } } } }',
  );
  return conversations.edges[0].node;
};

test.each([
  ['Query.conversation', 'executionId', async () => (await firstConversation()).executionId],
  ['Query.conversation', 'id', async () => (await firstConversation()).id],
  ['Query.decision', 'id', async () => String(owner.own['decisionId']?.())],
])('%s takes as long for another’s %s as for one that is not there', async (coordinate, argument, find) => {
  const { name } = fieldAt(coordinate);
  // Little beside the looking up.
  const document = `query Q($${argument}: ID!) { ${name}(${argument}: $${argument}) { id } }`;
  const theirs = await find();
  expect((await owner.client.data(document, { [argument]: theirs }))[name]).not.toBeNull();
  const measure = async (value: string): Promise<number> => {
    const startedMs = performance.now();
    const data = await stranger.client.data(document, { [argument]: value });
    const takenMs = performance.now() - startedMs;
    expect(data).toEqual({ [name]: null });
    return takenMs;
  };
  for (let warming = 0; warming < 20; warming++) await measure(id());
  expect(Math.abs(await shareOf(measure, theirs))).toBeLessThan(MOST_SHARE);
});
