import type { MessageType } from '../generated/graphql.js';

/** Drawn on 16 × 16 in the text's colour. */
const PATHS = {
  chart: 'M2 13.5h12M3.5 11l3-4 2.5 2.5 4-6',
  brain: 'M6 13.5h4M6.5 11.5c0-1.5-2.5-2-2.5-5a4 4 0 0 1 8 0c0 3-2.5 3.5-2.5 5z',
  shield: 'M8 1.8 13.5 4v4c0 3.2-2.3 5.3-5.5 6.3C4.8 13.3 2.5 11.2 2.5 8V4z',
  scale: 'M8 2v12M4.5 14h7M2.5 4.5h11M2.5 4.5 1 9h3zM13.5 4.5 12 9h3z',
  bolt: 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  alert: 'M8 2 1.5 13.5h13zM8 6.5v3.5M8 11.6v.4',
  check: 'M2.5 8.5 6.5 12.5 13.5 4',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  up: 'M8 14V2.5M3.5 7 8 2.5 12.5 7',
  down: 'M8 2v11.5M3.5 9 8 13.5 12.5 9',
  pause: 'M5 3v10M11 3v10',
  news: 'M2.5 3h9v10.5h-7a2 2 0 0 1-2-2zM11.5 6h2v5.5a2 2 0 0 1-2 2M4.5 6h5M4.5 8.5h5M4.5 11h3',
  gavel: 'M2 14h7M6.5 3.5l5 5M5 5l3-3M10 10l3-3M8.5 6 3 11.5',
  ballot: 'M2.5 7.5h11v6.5h-11zM5.5 7.5V2h5v5.5M6.5 4.5l1.2 1.2 2-2.2',
  robot: 'M3 5.5h10v7.5H3zM8 5.5V2.5M5.8 8.5v1M10.2 8.5v1M6 11.2h4',
  speech: 'M2 3h12v8H7.5L4 14v-3H2z',
} as const;

export type IconName = keyof typeof PATHS;

/** Other names that agents may know an icon by. */
const ALIASES: Readonly<Record<string, IconName>> = {
  analysis: 'chart',
  trend: 'chart',
  bull: 'up',
  bear: 'down',
  thought: 'brain',
  idea: 'brain',
  risk: 'shield',
  warning: 'alert',
  vote: 'ballot',
  decision: 'gavel',
  bot: 'robot',
  hold: 'pause',
};

const USUAL = { THOUGHT: 'brain', ANALYSIS: 'chart', VOTE: 'ballot', DECISION: 'gavel' } as const;

/** The icon of a name that an agent gave; of one that is not known a speech bubble, of none that of the type. */
export function iconOf(name: string | null | undefined, type: MessageType): IconName {
  if (!name) return USUAL[type];
  const known = name.toLowerCase();
  if (Object.hasOwn(PATHS, known)) return known as IconName;
  return Object.hasOwn(ALIASES, known) ? (ALIASES[known] ?? 'speech') : 'speech';
}

/** All icons once on a page, for `Icon` to point at. */
export function IconSprite() {
  return (
    <svg class="sprite" aria-hidden="true" width="0" height="0">
      {Object.entries(PATHS).map(([name, path]) => (
        <symbol key={name} id={`icon-${name}`} viewBox="0 0 16 16">
          <path
            d={path}
            fill="none"
            stroke="currentColor"
            stroke-width="1.4"
            stroke-linejoin="round"
            stroke-linecap="round"
          />
        </symbol>
      ))}
    </svg>
  );
}

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="icon" aria-hidden="true" width="16" height="16" data-icon={name}>
    <use href={`#icon-${name}`} />
  </svg>
);
