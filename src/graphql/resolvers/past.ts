import type { GraphQLResolveInfo } from 'graphql';
import { knownAt } from '../../domain/asOf.js';
import { readAsOf } from '../../domain/questions/readAsOf.js';
import type { DecisionLog } from '../../domain/decision.js';
import { decisionAt } from '../../domain/decisionAt.js';
import type { Context } from '../context.js';
import { conversationOf } from '../loaders.js';
import { wantedSlices } from '../lookahead.js';
import { type ConversationModel, toModel } from '../models.js';

/** A decision as it stood at an instant, under an id of its own; null where it was not logged yet. */
export function pastDecision(decision: DecisionLog, asOf: Date): DecisionLog | null {
  const then = decisionAt(decision, asOf);
  return then && { ...then, id: `${then.id}@${asOf.toISOString()}`, asOf };
}

/** The conversation that decided it as it was known at an instant after: with nothing said or recorded later. */
export async function pastConversation(
  executionId: string,
  asOf: Date,
  { ports, viewer, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<ConversationModel | null> {
  const now = await conversationOf(executionId, loaders, []);
  const closingSeq = now?.swarmVote.closingSeq ?? null;
  if (closingSeq === null) return null;
  const slices = wantedSlices(info);
  const found = await readAsOf(ports, viewer, { executionId }, closingSeq, slices);
  if (found === null) return null;
  return toModel({ ...found, conversation: knownAt(found.conversation, asOf) }, slices);
}
