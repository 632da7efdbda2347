import { beforeAll, describe, expect, test } from '@jest/globals';
import { useApp } from '../support/app.js';
import { AUTH } from '../support/tokens.js';
import { asOfSecond, createSides, type Finding, findings, firstOf, type Sides, squat } from './findings.js';
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
  ['decisions.recentLessons', 'Query.decisionBrief'],
  ['nodes.takeNumber', 'Mutation.logDecision'],
  ['parameters.current', 'Query.nodeParameters'],
  ['parameters.current', 'Mutation.startConversation'],
  ['parameters.find', 'Mutation.decideParameterChange'],
  ['parameters.list', 'Query.parameterChanges'],
])('the sweep finds that %s forgets the viewer, by %s', async (method, coordinate) => {
  expect(await sweep(method, coordinate, await newSides())).toHaveLength(1);
});

describe('by what one has oneself under the same ids', () => {
  let sides: Sides;
  beforeAll(async () => {
    sides = await newSides();
    await squat(sides);
  });

  test.each([
    ['conversations.messageByKey', 'Mutation.addMessage'],
    ['decisions.history', 'Query.whatIf'],
    ['decisions.history', 'Query.agentDrift'],
    ['decisions.history', 'Subscription.agentDrift'],
  ])('the sweep finds that %s forgets the viewer, by %s', async (method, coordinate) => {
    expect(await sweep(method, coordinate, sides)).toHaveLength(1);
  });

  test('the sweep finds that ballots forget the viewer, by a conversation as of a message', async () => {
    const found = await sweep('conversations.ballotsUpTo', 'Query.conversation', asOfSecond(sides));
    expect(found).toHaveLength(1);
  });
});
