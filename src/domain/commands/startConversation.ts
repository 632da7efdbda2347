import { cleanName, nameKey } from '../agentName.js';
import { checks } from '../checks.js';
import { echo } from '../echo.js';
import type { Conversation } from '../conversation.js';
import { contentHash } from '../hash.js';
import type { FlowPhase } from '../flowPhase.js';
import type { Ports } from '../ports.js';
import { RANGES } from '../ranges.js';
import { type Answer, accepted, refusal, refused } from '../refusal.js';
import type { RuleName } from '../rules.js';
import { cleanSymbol } from '../symbol.js';
import type { Viewer } from '../viewer.js';
import { byAgentName, type RosterAgent } from '../voting.js';
import { keepSymbol } from './keepSymbol.js';
import { checkContext, type DecisionContextInput, givenContext } from './decisionContext.js';

type Maybe<T> = T | null | undefined;

const MAX_AGENTS = RANGES.totalAgents.max;

interface StartConversationInput {
  executionId: string;
  flowId: string;
  userNodeId: string;
  symbol: string;
  phase?: Maybe<FlowPhase>;
  agents?: Maybe<readonly { agentName: string; weight?: Maybe<number> }[]>;
  totalAgents?: Maybe<number>;
  quorum?: Maybe<number>;
  rule?: Maybe<RuleName>;
  votingTimeout?: Maybe<number>;
  timeout?: Maybe<number>;
  keepLate?: Maybe<boolean>;
  decisionContext?: Maybe<DecisionContextInput>;
}

/** Opens the conversation of an execution; the same input again, a roster in another order included, is a duplicate. */
export async function startConversation(
  ports: Ports,
  viewer: Viewer,
  given: StartConversationInput,
): Promise<Answer<Conversation>> {
  const input = { ...given, agents: withCleanNames(given.agents), symbol: cleanSymbol(given.symbol) };
  const faults = checkStart(input);
  if (faults.length > 0) return refused(faults);
  const { executionId } = input;
  const startHash = hashStart(input);
  const at = ports.clock.now();
  const agents = roster(input);
  // The rules of a vote are those in force when it begins, whatever is decided while it goes on.
  const parameters = await ports.parameters.current(viewer.userId, input.userNodeId);
  await ports.nodes.ensure(viewer.userId, input.userNodeId);
  const inserted = await ports.conversations.insert(viewer.userId, {
    id: ports.newId(),
    executionId,
    flowId: input.flowId,
    userNodeId: input.userNodeId,
    symbol: input.symbol,
    phase: input.phase ?? 'market_analysis',
    agents,
    totalAgents: agents?.length ?? input.totalAgents ?? 1,
    quorum: input.quorum ?? parameters.quorum,
    rule: input.rule ?? parameters.rule,
    parameterVersion: parameters.version,
    defaultWeights: parameters.weights,
    votingTimeout: input.votingTimeout ?? null,
    endsAt: input.timeout == null ? null : new Date(at.getTime() + input.timeout * 1000),
    keepsLate: input.keepLate ?? false,
    decisionContext: givenContext(input.decisionContext),
    startHash,
    at,
  });
  if (inserted !== null) {
    await keepSymbol(ports, inserted, inserted.context.symbol);
    ports.bus.publish(inserted.id, inserted.revision, viewer.userId);
    return accepted(inserted);
  }
  const found = await ports.conversations.find(viewer.userId, { executionId });
  if (found === null) throw new Error('The conversation is there already and is not found.');
  const { conversation } = found;
  if (conversation.startHash === startHash) return accepted(conversation, true);
  const message = `Expected the values this execution was started with, got others for ${JSON.stringify(executionId)}.`;
  return refused([refusal('CONFLICT', message)], conversation);
}

const withCleanNames = (agents: StartConversationInput['agents']) =>
  agents?.map((agent) => ({ ...agent, agentName: cleanName(agent.agentName) }));

const roster = (input: StartConversationInput): RosterAgent[] | null =>
  input.agents?.map(({ agentName, weight }) => ({ agentName, weight: weight ?? null })) ?? null;

/** The order of a roster, and whether an optional value was left out or null, make no difference. */
function hashStart(input: StartConversationInput): string {
  return contentHash({
    flowId: input.flowId,
    userNodeId: input.userNodeId,
    symbol: input.symbol,
    phase: input.phase ?? 'market_analysis',
    agents: roster(input)?.sort(byAgentName) ?? null,
    totalAgents: input.totalAgents ?? null,
    quorum: input.quorum ?? null,
    // Left out where it is not given, as by starts of older versions.
    rule: input.rule ?? undefined,
    keepLate: input.keepLate || undefined,
    votingTimeout: input.votingTimeout ?? null,
    timeout: input.timeout ?? null,
    decisionContext: givenContext(input.decisionContext),
  });
}

function checkStart(input: StartConversationInput) {
  const check = checks();
  check.id('executionId', input.executionId);
  check.id('flowId', input.flowId);
  check.id('userNodeId', input.userNodeId);
  check.length('symbol', input.symbol, 1, 64);
  checkVoters(check, input);
  check.range('quorum', input.quorum);
  check.range('votingTimeout', input.votingTimeout);
  check.range('timeout', input.timeout);
  checkContext(check, 'decisionContext', input.decisionContext);
  return check.refusals;
}

function checkVoters(
  check: ReturnType<typeof checks>,
  { agents, totalAgents }: StartConversationInput,
): void {
  if (agents == null && totalAgents == null) {
    return check.fault('agents', 'Expected `agents` or `totalAgents`, got neither.');
  }
  if (agents != null && totalAgents != null) {
    check.fault(
      'totalAgents',
      `Expected \`agents\` or \`totalAgents\`, got both (totalAgents ${totalAgents}).`,
    );
  }
  check.range('totalAgents', totalAgents);
  if (agents == null) return;
  if (agents.length < 1 || agents.length > MAX_AGENTS) {
    return check.fault('agents', `Expected 1 to ${MAX_AGENTS} \`agents\`, got ${agents.length}.`);
  }
  const seen = new Map<string, string>();
  for (const [i, { agentName, weight }] of agents.entries()) {
    const field = `agents.${i}.agentName`;
    check.agentName(field, agentName);
    check.range(`agents.${i}.weight`, weight);
    const former = seen.get(nameKey(agentName));
    if (former !== undefined) {
      const got = former === agentName ? 'again' : `after ${echo(former)}`;
      check.fault(field, `Expected each agent to be named once, got ${echo(agentName)} ${got}.`);
    }
    seen.set(nameKey(agentName), agentName);
  }
}
