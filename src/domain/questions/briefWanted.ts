import { cleanName } from '../agentName.js';
import { checks } from '../checks.js';
import type { Ports } from '../ports.js';
import { cleanSymbol } from '../symbol.js';
import type { Viewer } from '../viewer.js';
import { QuestionRefused, requireId } from './arguments.js';
import type { BriefAsked } from './decisionBrief.js';
import type { NodeInstant } from './pastBrief.js';

const MAX_SEQ = 2_147_483_647;

interface BriefArgs {
  userNodeId: string;
  symbol: string;
  agentName?: string | null | undefined;
  asOf?: Date | null | undefined;
  asOfSeq?: number | null | undefined;
}

/** What a brief is asked of, and as of which instant: null is now. @throws {QuestionRefused} */
export async function briefWanted(
  ports: Ports,
  { userId }: Viewer,
  args: BriefArgs,
): Promise<{ asked: BriefAsked; instant: NodeInstant | null }> {
  const userNodeId = requireId('userNodeId', args.userNodeId);
  const check = checks();
  const symbol = cleanSymbol(args.symbol);
  check.length('symbol', symbol, 1, 64);
  const agentName = args.agentName == null ? null : cleanName(args.agentName);
  if (agentName !== null) check.agentName('agentName', agentName);
  const [fault] = check.refusals;
  if (fault !== undefined) throw new QuestionRefused(fault.message);
  const instant = await instantWanted(ports, userId, userNodeId, args);
  return { asked: { userNodeId, symbol, agentName }, instant };
}

/** Which instant is asked for, null for now. @throws {QuestionRefused} */
async function instantWanted(
  ports: Ports,
  userId: string,
  userNodeId: string,
  { asOf, asOfSeq }: BriefArgs,
): Promise<NodeInstant | null> {
  if (asOf != null && asOfSeq != null) throw new QuestionRefused('Expected `asOf` or `asOfSeq`, got both.');
  if (asOf != null) return { at: asOf, upTo: MAX_SEQ };
  if (asOfSeq == null) return null;
  const [decision] =
    asOfSeq < 1 ? [] : await ports.decisions.history(userId, userNodeId, asOfSeq - 1, asOfSeq);
  if (decision !== undefined) return { at: decision.timestamp, upTo: asOfSeq };
  throw new QuestionRefused(
    `Expected \`asOfSeq\` to be the number of a decision of this node, got ${asOfSeq}.`,
  );
}
