import { expect, test } from '@jest/globals';
import { createClient } from '../support/client.js';
import { AUTH, mint } from '../support/tokens.js';
import { useServers } from '../transport/servers.js';
import { id, useApp } from '../support/app.js';
import { flow, messageInput } from '../support/scenario.js';

const VIEWER = '{ viewer { id subject scopes agentName } }';
const running = useApp({ auth: AUTH });
const startServer = useServers();

const viewerOf = async (claims: Record<string, unknown>, url = running.app.url) =>
  (await createClient(url, await mint({ scope: undefined as never, ...claims })).data(VIEWER)).viewer;

test.each([
  ['a name', 'alice'],
  ['a name of a provider', 'idp|abc123'],
  ['a UUID', '3f2b8c1e-90d4-4a7e-9c55-1d2f6a7b8c9d'],
  ['43 characters', 'AItOawmwtWwcT0k51BayewNvutrJUqsvl6qs7A4abcd'],
  ['255 characters', '用'.repeat(255)],
  ['a DN', 'CN=Bull, OU="Traders", O=Example'],
])('takes %s for one user, whose id stays the same', async (_, sub) => {
  const { id: userId, subject } = await viewerOf({ sub });
  expect([userId, subject]).toEqual([expect.stringMatching(/^[0-9a-f]{24}$/), sub]);
  expect((await viewerOf({ sub })).id).toBe(userId);
  expect((await viewerOf({ sub: `${sub.slice(0, -1)}_` })).id).not.toBe(userId);
  expect((await viewerOf({ sub, iss: 'https://other.example' })).id).not.toBe(userId);
});

test('gives a user the same id in every process and after every start', async () => {
  expect((await viewerOf({ sub: 'idp|abc123', iss: 'https://issuer.example' })).id).toBe(
    '30c72e997fbe0b22234620af',
  );
  const user = id();
  expect(await viewerOf({ sub: user.toUpperCase() })).toMatchObject({
    id: user,
    subject: user.toUpperCase(),
  });
  expect(await viewerOf({ sub: 42 })).toMatchObject({ subject: '42' });
});

test('keeps what two users of a provider store apart', async () => {
  const [alice, bob] = await Promise.all(
    ['idp|alice', 'idp|bob'].map(async (sub) => createClient(running.app.url, await mint({ sub }))),
  );
  const app = { ...running.app, ...(alice as NonNullable<typeof alice>) };
  const { executionId } = await flow(app).start();
  await flow(app).say(executionId);
  const asked = 'query ($e: ID!) { conversation(executionId: $e) { lastSeq } }';
  const variables = { e: executionId };
  expect([await alice?.data(asked, variables), await bob?.data(asked, variables)]).toEqual([
    { conversation: { lastSeq: 1 } },
    { conversation: null },
  ]);
});

const ALL = ['read', 'write'];
const NESTED = { realm_access: { roles: ['offline_access', 'read', 'write'] } };
const URL_CLAIM = 'https://example.com/scopes';

test.each<[name: string, settings: object, claims: Record<string, unknown>, scopes: string[]]>([
  ['`scope` in words', {}, { scope: 'openid read write' }, ALL],
  ['`scope` as a list', {}, { scope: ['read', 'write'] }, ALL],
  ['`scope` with commas', {}, { scope: 'read, write' }, ALL],
  ['`scp` in words', {}, { scp: 'read write' }, ALL],
  ['`scp` as a list', {}, { scp: ['read', 'write'] }, ALL],
  ['`permissions`, beside a `scope` of other things', {}, { scope: 'openid', permissions: ALL }, ALL],
  ['`roles`', {}, { roles: ['Read', 'Write'] }, ALL],
  ['a prefix that all share', {}, { scope: 'openid api/read api/write' }, ALL],
  [
    'a prefix that is a URL',
    {},
    { scope: ['https://api.example.com/read', 'https://api.example.com/write'] },
    ALL,
  ],
  [
    'a prefix that is set',
    { scopePrefix: 'swarm:' },
    { scope: 'swarm:read mail:write admin swarm:write' },
    ALL,
  ],
  ['a claim inside another', { scopeClaim: 'realm_access.roles' }, NESTED, ALL],
  ['a claim that is a URL', { scopeClaim: URL_CLAIM }, { [URL_CLAIM]: 'read write' }, ALL],
  [
    'a claim inside one that is a URL',
    { scopeClaim: `${URL_CLAIM}.api` },
    { [URL_CLAIM]: { api: ALL } },
    ALL,
  ],
  ['the first claim that has any', {}, { scope: 'read', permissions: ['read', 'write', 'admin'] }, ['read']],
  ['no claim but the one that is set', { scopeClaim: 'scp' }, { scope: 'read write' }, []],
  ['no prefix where there are two', {}, { scope: 'mail/read files/write' }, []],
  ['no word without the prefix that is set', { scopePrefix: 'swarm:' }, { scope: 'read write' }, []],
  ['nothing of what is no text', {}, { scope: { read: true }, scp: 7, permissions: [1, null, ['read']] }, []],
  ['nothing of what every object has', { scopeClaim: 'constructor.name' }, {}, []],
])('understands %s', async (_, settings, claims, scopes) => {
  const isUsual = Object.keys(settings).length === 0;
  const { url } = isUsual ? running.app : await startServer({ auth: { ...AUTH, ...settings } });
  expect((await viewerOf({ sub: 'alice', ...claims }, url)).scopes).toEqual(scopes);
});

test('finds the user and the agent where settings say they are', async () => {
  const { url } = await startServer({ auth: { ...AUTH, userClaim: 'ids.user', agentClaim: 'act.sub' } });
  const claims = { sub: 'client', ids: { user: 'alice' }, act: { sub: 'momentum' }, scope: 'read' };
  const token = await mint({ ...claims, sub: undefined as never });
  const { viewer } = await createClient(url, token).data(VIEWER);
  expect(viewer).toMatchObject({ subject: 'alice', agentName: 'momentum' });
  expect((await createClient(url, await mint({ sub: 'client' })).send(VIEWER)).errors?.[0]?.message).toBe(
    'Expected a token with `ids.user`, got one without.',
  );
});

test.each<[claims: Record<string, unknown>, told: string]>([
  [
    { scope: 'openid profile' },
    'Its claim `scope` holds "openid profile"; expected words of `read`, `write`, `admin`.',
  ],
  [{ scp: ['mail/read', 'files/read'] }, 'Its claim `scp` holds ["mail/read","files/read"]; expected'],
  [{}, 'It has no claim `scope`, `scp`, `permissions`, `roles`; expected words of `read`'],
])(
  'tells a token of which no scope was understood where it looked, over both doors: %j',
  async (claims, told) => {
    const client = createClient(
      running.app.url,
      await mint({ sub: 'alice', scope: undefined as never, ...claims }),
    );
    const input = messageInput(id());
    const asked: [string, Record<string, unknown>?][] = [
      ['{ conversations { pageInfo { hasNextPage } } }'],
      ['mutation ($input: AddMessageInput!) { addMessage(input: $input) { duplicate } }', { input }],
    ];
    for (const [query, variables] of asked) {
      const { status, errors } = await client.send(query, variables);
      const overSocket = await client.sendOverSocket(query, variables);
      expect([status, errors]).toEqual([403, overSocket.errors]);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect(errors?.[0]?.message).toContain(told);
      expect(errors?.[0]?.message).toContain('AUTH_SCOPE_CLAIM and AUTH_SCOPE_PREFIX');
    }
    await client.close();
  },
);

test('takes a token that ends later than a date can say', async () => {
  const token = await mint({ sub: 'alice', exp: 1e15 });
  const { viewer } = await createClient(running.app.url, token).data('{ viewer { expiresAt } }');
  expect(viewer.expiresAt).toBe('+275760-09-13T00:00:00.000Z');
});
