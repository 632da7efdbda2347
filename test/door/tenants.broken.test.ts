import { beforeAll, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { AUTH } from '../support/tokens.js';
import { createSides, type Finding, findings, firstOf, type Sides, squat } from './findings.js';
import { createForgetful } from './forgetful.js';
import { casesOf } from './sweep.js';
import { fieldAt, SWEEPING, type Tenant, useTenants } from './tenant.js';

const { wrapPorts, whileForgetting } = createForgetful();
const running = useApp({ auth: AUTH, limits: SWEEPING, wrapPorts });
const newTenant = useTenants();
let owner: Tenant;

beforeAll(async () => {
  owner = await newTenant(running.app.url, 'quokka');
});

const newSides = (): Promise<Sides> => createSides(owner.secrets, () => newTenant(running.app.url, 'wombat'));

/** The first that is found by the owner's values, while a method forgets who asks. */
const sweep = (method: string, coordinate: string, sides: Sides): Promise<Finding[]> => {
  const field = fieldAt(coordinate);
  const cases = casesOf(field, owner.secrets).filter(({ slots }) => slots.some(({ isNested }) => !isNested));
  return whileForgetting(method, owner.userId, () => firstOf(findings(field, sides, cases), 1));
};

test.each([
  ['conversations.insert', 'Mutation.startConversation'],
  ['conversations.find', 'Query.conversation'],
  ['conversations.find', 'Mutation.closeVoting'],
  ['conversations.findMany', 'Mutation.addMessage'],
  ['conversations.list', 'Query.conversations'],
  ['conversations.append', 'Mutation.addMessage'],
  ['conversations.messagesAfter', 'Subscription.messageAdded'],
  ['conversations.messagesAfter', 'Subscription.voteCompleted'],
  ['conversations.messagesAfter', 'Subscription.conversationChanged'],
  ['conversations.recordOutcome', 'Mutation.recordOutcome'],
  ['decisions.find', 'Mutation.recordFeedback'],
  ['decisions.findMany', 'Query.decision'],
  ['decisions.findByKey', 'Mutation.logDecision'],
  ['decisions.list', 'Query.decisions'],
  ['decisions.summarize', 'Query.learningStats'],
  ['decisions.countLessons', 'Query.learningStats'],
  ['nodes.find', 'Query.agentPerformance'],
  ['nodes.takeNumber', 'Mutation.logDecision'],
])('the sweep finds that %s forgets the viewer, by %s', async (method, coordinate) => {
  expect(await sweep(method, coordinate, await newSides())).toHaveLength(1);
});

test('the sweep finds that the keys of messages forget the viewer, by one’s own execution of the same id', async () => {
  const sides = await newSides();
  await squat(sides);
  expect(await sweep('conversations.messageByKey', 'Mutation.addMessage', sides)).toHaveLength(1);
});
