import { echo } from '../echo.js';
import type { ConversationRef } from '../ports.js';
import { QuestionRefused, requireId } from './arguments.js';

interface ConversationArgs {
  executionId?: string | null | undefined;
  id?: string | null | undefined;
  asOfSeq?: number | null | undefined;
}

/** Which conversation, and as of which of its messages; the id of a past state says both. @throws {QuestionRefused} */
export function conversationWanted({ executionId, id, asOfSeq }: ConversationArgs): {
  ref: ConversationRef;
  seq: number | null;
} {
  if ((executionId == null) === (id == null)) {
    throw new QuestionRefused(
      `Expected \`executionId\` or \`id\`, got ${executionId == null ? 'neither' : 'both'}.`,
    );
  }
  if (executionId != null) {
    return { ref: { executionId: requireId('executionId', executionId) }, seq: asOfSeq ?? null };
  }
  const [, own, seqOfId] = /^([^@]*)@(\d{1,10})$/.exec(id ?? '') ?? [];
  if (asOfSeq != null && seqOfId !== undefined && asOfSeq !== Number(seqOfId)) {
    throw new QuestionRefused(
      `Expected \`asOfSeq\` to be that of the id, ${seqOfId}, or left out, got ${asOfSeq}.`,
    );
  }
  if (own === undefined && id?.includes('@')) {
    throw new QuestionRefused(
      `Expected \`id\` to be 24 hex digits, or these with \`@\` and a \`seq\`, got ${echo(id)}. ` +
        'What was known at an instant is read by `decisionBrief(asOf:)`.',
    );
  }
  const seq = asOfSeq ?? (seqOfId === undefined ? null : Number(seqOfId));
  return { ref: { id: requireId('id', own ?? id) }, seq };
}
