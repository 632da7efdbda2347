import { expect } from '@jest/globals';
import type { RunningApp } from '../support/app.js';

export interface UserError {
  code: string;
  message: string;
  field: string[] | null;
}

/** A refusal as an answer has it; `field` is the dotted path below `input`. */
export const refusal = (code: string, field: string | null, message: string): UserError => ({
  code,
  message,
  field: field === null ? null : ['input', ...field.split('.')],
});

export const invalid = (field: string, message: string): UserError => refusal('INVALID', field, message);

/** `text` as a refusal echoes it when it is longer than 80 characters, quotes included. */
export const shortened = (text: string): string =>
  `"${[...text].slice(0, 79).join('')}… (${[...text].length + 2} characters)`;

/** `levels` objects in each other. */
export function nested(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let i = 0; i < levels; i++) value = { deeper: value };
  return value;
}

/** An object with one string in it, as JSON exactly so many bytes long; made of characters of two bytes. */
export const jsonOfBytes = (bytes: number): unknown => ({ pad: 'é'.repeat((bytes - 10) / 2) });

/** Values no JSON field takes, with what is said after the field's name. */
export const REFUSED_JSON: [what: string, value: unknown, rule: string, path?: string[]][] = [
  ['an object of 65,538 bytes', jsonOfBytes(65_538), 'to have at most 65,536 bytes, got 65,538'],
  ['13 levels', nested(13), 'to be at most 12 levels deep, got a deeper one'],
  [
    '13 levels of lists',
    Array.from({ length: 13 }).reduce((inner) => [inner], 1),
    'to be at most 12 levels deep, got a deeper one',
  ],
  [
    'half a character',
    { note: '\ud83d' },
    'to be well-formed Unicode, got a lone surrogate in "\\ud83d" at ["note"]',
    ['note'],
  ],
  [
    'half a character in a key',
    { '\ud83d': 1 },
    'to have well-formed keys, got a lone surrogate in "\\ud83d"',
  ],
];

const unseen = (code: string) => `to have no control, unseen or unassigned character such as ${code}, got `;

/** Names no agent can have, with what is said after the field's name. */
export const BAD_NAMES: [what: string, name: string, rule: string][] = [
  ['of nothing', '', 'to have 1 to 64 characters, got ""'],
  ['of white space', ' \u00a0\n', 'to have 1 to 64 characters, got ""'],
  ['of 65 characters', '市'.repeat(65), `to have 1 to 64 characters, got "${'市'.repeat(65)}"`],
  ['in two lines', 'a\nb', `${unseen('U+000A')}"a\\nb"`],
  ['with a line separator', 'a\u2028b', `${unseen('U+2028')}"a\u2028b"`],
  ['that is written backwards', 'a\u202eb', `${unseen('U+202E')}"a\u202eb"`],
  ['with a space of no width', 'a\u200bb', `${unseen('U+200B')}"a\u200bb"`],
  ['with a private character', 'a\ue000', `${unseen('U+E000')}"a\ue000"`],
  ['with a character that is none', 'a\uffff', `${unseen('U+FFFF')}"a\uffff"`],
  ['with half a character', 'a\ud83d', `${unseen('U+D83D')}"a\\ud83d"`],
  ['of what is not seen', '\u200d\u3164', 'to have a character that is seen, got "\u200d\u3164"'],
];

/** Keys that are none, as cases of a table. */
export const BAD_KEYS = ['', 'x'.repeat(129)].map((key): [string, Record<string, unknown>, UserError] => [
  `a key of ${key.length} characters`,
  { idempotencyKey: key },
  invalid(
    'idempotencyKey',
    `Expected \`idempotencyKey\` to have 1 to 128 characters, got ${key.length}: ${key === '' ? '""' : shortened(key)}.`,
  ),
]);

/** Ids that are none. */
export const BAD_IDS: [what: string, value: string][] = [
  ['23 hex digits', 'a'.repeat(23)],
  ['25 hex digits', 'a'.repeat(25)],
  ['24 letters that are no hex digits', 'g'.repeat(24)],
  ['nothing', ''],
  ['a line end after it', `${'a'.repeat(24)}\n`],
  ['24 bytes of fewer characters', 'é'.repeat(12)],
];

export const badId = (field: string, value: string): string =>
  `Expected \`${field}\` to be 24 hex digits, got ${JSON.stringify(value)}.`;

/** All that is stored of one conversation and of its node, as the API shows it. */
export async function stored(app: RunningApp, executionId: string, userNodeId: string): Promise<unknown> {
  return app.data(
    /* GraphQL */ `
      query Stored($executionId: ID!, $userNodeId: ID!) {
        conversation(executionId: $executionId) {
          id status lastSeq updatedAt context { phase }
          messages { totalCount edges { node { id seq content { text } } } }
          swarmVote { votes { agentName seq action } votingCompleted }
          outcome { executed action reasoning timestamp }
        }
        decisions(userNodeId: $userNodeId) { edges { node { id seq revision feedback { revision } outcome { pnl } } } }
        learningStats(userNodeId: $userNodeId) { totalDecisions totalPnl agents { agentName evaluatedVotes } }
      }
    `,
    { executionId, userNodeId },
  );
}

/** Does something, and sees that nothing of the conversation or its node has changed by it. */
export async function storingNothing<T>(
  app: RunningApp,
  { executionId, userNodeId }: { executionId: string; userNodeId: string },
  attempt: () => Promise<T>,
): Promise<T> {
  const before = await stored(app, executionId, userNodeId);
  const answer = await attempt();
  expect(await stored(app, executionId, userNodeId)).toEqual(before);
  return answer;
}

export const LOG = /* GraphQL */ `
  mutation Log($input: LogDecisionInput!) {
    logDecision(input: $input) {
      duplicate
      userErrors { code message field }
      decisionLog { id seq revision decision { type action symbol confidence } }
    }
  }
`;

export const CLOSE = /* GraphQL */ `
  mutation Close($input: CloseVotingInput!) {
    closeVoting(input: $input) {
      duplicate
      userErrors { code message field }
      swarmVote { votingCompleted consensus { action reason } }
    }
  }
`;

export const OUTCOME = /* GraphQL */ `
  mutation Outcome($input: RecordOutcomeInput!) {
    recordOutcome(input: $input) {
      duplicate
      userErrors { code message field }
      conversation { lastSeq outcome { executed action reasoning timestamp } }
    }
  }
`;
