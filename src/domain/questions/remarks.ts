import { nearName } from '../agentName.js';
import type { ParameterChange } from '../change.js';
import { echo } from '../echo.js';
import type { Conversation } from '../conversation.js';
import type { DecisionLog } from '../decision.js';
import type { Message } from '../message.js';
import { weightedAgent } from '../parameters.js';
import type { Ports } from '../ports.js';
import type { Remark } from '../remark.js';
import { otherSpellings } from '../symbol.js';
import type { Viewer } from '../viewer.js';

/** What a caller should look at in a start: agents of the roster that have a record under another spelling. */
export async function remarksOnStart(
  ports: Ports,
  viewer: Viewer,
  { userNodeId, context, swarmVote: { agents, quorum } }: Conversation,
): Promise<Remark[]> {
  const [onRecord, symbol] = await Promise.all([
    agents === null ? [] : recordedNames(ports, viewer, userNodeId),
    remarksOnSymbol(ports, viewer, userNodeId, context.symbol),
  ]);
  const names = (agents ?? []).flatMap(({ agentName }, i) =>
    nearNameRemark(agentName, onRecord, RECORDED, ['input', 'agents', String(i), 'agentName']),
  );
  return [...names, ...symbol, ...quorumRemark(quorum)];
}

/** What a caller should look at in a decision: a symbol of another spelling, and a confidence that looks like a share. */
export async function remarksOnDecision(
  ports: Ports,
  viewer: Viewer,
  { userNodeId, decision: { symbol, confidence } }: DecisionLog,
): Promise<Remark[]> {
  return [
    ...(symbol === null ? [] : await remarksOnSymbol(ports, viewer, userNodeId, symbol)),
    ...scaleRemark('confidence', confidence),
  ];
}

/** A symbol that the node has used in another spelling, too. */
async function remarksOnSymbol(
  ports: Ports,
  { userId }: Viewer,
  userNodeId: string,
  symbol: string,
): Promise<Remark[]> {
  const others = otherSpellings(symbol, await ports.symbols.spellings(userId, userNodeId, symbol));
  const [didYouMean] = others;
  if (didYouMean === undefined) return [];
  const text = `${echo(symbol)} is another symbol than ${others.map(echo).join(', ')}, which this node has on record. Did you mean ${echo(didYouMean)}?`;
  return [{ code: 'NEAR_SYMBOL', text, field: ['input', 'symbol'], didYouMean }];
}

/** An agent of which a change sets the default weight, though one of nearly its name is on record. */
export async function remarksOnChange(
  ports: Ports,
  viewer: Viewer,
  { userNodeId, path }: Pick<ParameterChange, 'userNodeId' | 'path'>,
): Promise<Remark[]> {
  const agentName = weightedAgent(path);
  if (agentName === null) return [];
  const onRecord = await recordedNames(ports, viewer, userNodeId);
  return nearNameRemark(agentName, onRecord, RECORDED, ['input', 'path']);
}

/** The same of a message: its agent's name, and confidences that look like shares from 0 to 1. */
export async function remarksOnMessage(
  ports: Ports,
  viewer: Viewer,
  { agentName, content, vote }: Message,
  { userNodeId, swarmVote: { agents, ballots } }: Conversation,
): Promise<Remark[]> {
  const onRecord = await recordedNames(ports, viewer, userNodeId);
  const roster = (agents ?? []).map((agent) => agent.agentName);
  const voters = ballots.map((ballot) => ballot.agentName).filter((name) => name !== agentName);
  const field = ['input', 'agentName'];
  const [nearest] = [
    ...nearNameRemark(agentName, roster, 'is named at the start', field),
    ...nearNameRemark(agentName, onRecord, RECORDED, field),
    ...(onRecord.includes(agentName) ? [] : nearNameRemark(agentName, voters, 'has voted here', field)),
  ];
  return [
    ...(nearest === undefined ? [] : [nearest]),
    ...scaleRemark('content.confidence', content.confidence),
    ...scaleRemark('vote.confidence', vote?.confidence ?? null),
  ];
}

const RECORDED = 'has a record for this node';

async function recordedNames(ports: Ports, { userId }: Viewer, userNodeId: string): Promise<string[]> {
  const node = await ports.nodes.find(userId, userNodeId);
  return (node?.agents ?? []).map(({ agentName }) => agentName);
}

function nearNameRemark(name: string, names: readonly string[], how: string, field: string[]): Remark[] {
  const didYouMean = nearName(name, names);
  if (didYouMean === null) return [];
  const text = `${echo(name)} is another agent than ${echo(didYouMean)}, which ${how}. Did you mean ${echo(didYouMean)}?`;
  return [{ code: 'NEAR_NAME', text, field, didYouMean }];
}

function scaleRemark(field: string, confidence: number | null): Remark[] {
  if (confidence !== 0 && confidence !== 1) return [];
  const advice = confidence === 1 ? ' For a share of 1 send 100.' : '';
  const text = `\`${field}\` was taken as ${confidence} %: it is in percent, from 0 to 100.${advice}`;
  return [{ code: 'CONFIDENCE_SCALE', text, field: ['input', ...field.split('.')], didYouMean: null }];
}

/** With a quorum of 1 % a single ballot decides for everyone. */
function quorumRemark(quorum: number): Remark[] {
  if (quorum !== 1) return [];
  const text = '`quorum` is 1 %: it is in percent, from 1 to 100. For a share of 1 send 100.';
  return [{ code: 'QUORUM_SCALE', text, field: ['input', 'quorum'], didYouMean: null }];
}
