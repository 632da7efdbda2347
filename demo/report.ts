import Table from 'cli-table3';
import type { Evaluation } from './evaluation.js';
import { socketEndpoint } from './options.js';
import type { Rate } from './statistics.js';
import type { StreamCount, StreamSummary } from './tally.js';

/** What a demo run ends with; `--json` prints it as it is. */
export interface Report extends Evaluation {
  days: number;
  seconds: number;
  decisionsPerSecond: number;
  streams: StreamSummary;
  /** The GraphQL endpoint. */
  url: string;
  userNodeId: string;
  /** The last day's conversation. */
  executionId: string;
}

/** No colours, and no rule between rows. */
const PLAIN = {
  style: { head: [], border: [] },
  chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
};

const whole = new Intl.NumberFormat('en-US');
/** `-1,234.50`; below 1 with all its figures, so that a small gain is not shown as none. */
export const moneyText = (amount: number): string =>
  amount.toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: Math.abs(amount) < 1 ? 8 : 2,
  });
const percent = (share: number) => (100 * share).toFixed(1);

/** `51.2 % [45.0, 57.3]` */
export function rateText(rate: Rate | null): string {
  return rate ? `${percent(rate.value)} % [${percent(rate.low)}, ${percent(rate.high)}]` : '–';
}

const pointsText = (share: number | null) => (share === null ? '–' : `${percent(share)} points`);

/** Whether the streams delivered all there is, each once and in order. */
export function areStreamsWhole({ messages, votes, outOfOrder, failures }: StreamSummary): boolean {
  const counts = [messages, votes];
  return failures.length === 0 && outOfOrder === 0 && counts.every((one) => one.missing === 0);
}

/** The report for people, as lines. */
export function reportText(report: Report): string {
  return [
    '',
    `${whole.format(report.decisions)} decisions in ${report.seconds.toFixed(1)} s, ` +
      `${report.decisionsPerSecond.toFixed(1)} per second.`,
    streamsText(report.streams),
    '',
    agentsTable(report),
    '',
    swarmTable(report),
    '',
    calibrationText(report),
    correlationText(report),
    '',
    honestText(report),
  ].join('\n');
}

function streamsText({ messages, votes, outOfOrder, failures }: StreamSummary): string {
  const count = (one: StreamCount, noun: string) =>
    `${whole.format(one.received)} of ${whole.format(one.expected)} ${noun} received, ` +
    `${one.missing} missing, ${one.repeated} repeated`;
  const order = outOfOrder === 0 ? 'all in order' : `${outOfOrder} out of order`;
  return [
    `streams: ${count(messages, 'messages')}, ${order}; ${count(votes, 'votes')}.`,
    ...failures.map((failure) => `a stream failed: ${failure}`),
  ].join('\n');
}

function agentsTable({ agents }: Report): string {
  const table = new Table({
    head: ['agent', 'n', 'hit rate [95 %]', 'learned weight', 'Brier', 'P&L attributed'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'],
    ...PLAIN,
  });
  for (const agent of agents) {
    table.push([
      agent.agentName,
      agent.n,
      rateText(agent.hitRate),
      agent.learnedWeight.toFixed(2),
      agent.brier === null ? '–' : agent.brier.toFixed(3),
      moneyText(agent.pnlAttributed),
    ]);
  }
  return table.toString();
}

function swarmTable({ consensus, majority, bestAgent, market }: Report): string {
  const table = new Table({
    head: ['', 'right [95 %]', 'by the market alone'],
    colAligns: ['left', 'right', 'right'],
    ...PLAIN,
  });
  table.push(
    ['consensus', rateText(consensus.hitRate), rateText(market.consensus)],
    ['plain majority', rateText(majority.hitRate), rateText(market.majority)],
    [
      `best agent in hindsight: ${bestAgent?.agentName ?? 'none'}`,
      rateText(bestAgent?.hitRate ?? null),
      rateText(market.bestAgent),
    ],
    ['always buy', '–', rateText(market.alwaysBuy)],
  );
  const pnl = `P&L of the consensus: ${moneyText(consensus.pnl)} on 10,000 a day, without costs.`;
  return `${table.toString()}\n${pnl}`;
}

function calibrationText({ consensus }: Report): string {
  return (
    `Calibration error (ECE, 10 bins): consensus ${pointsText(consensus.ece)} ` +
    `(chance alone: ${pointsText(consensus.eceFloor)}), ` +
    `mean stated confidence of the ballots ${pointsText(consensus.meanStatedEce)}.`
  );
}

function correlationText({ correlation }: Report): string {
  const value = correlation === null ? '–' : correlation.toFixed(2);
  return `Correlation between the agents' learned weights and hit rates: ${value}.`;
}

/** What the figures do and do not show; it follows the figures, whichever way they fall. */
export function honestText({ consensus, bestAgent, market, decisions }: Report): string {
  const isCalibrated = (consensus.ece ?? 1) < (consensus.meanStatedEce ?? 0);
  const hasEdge = market.consensus && market.alwaysBuy && market.consensus.low > market.alwaysBuy.high;
  const learned = isCalibrated
    ? 'What this shows: the swarm learned from its record how sure it may be, which its agents did not know.'
    : 'What this shows: the swarm did not learn to be better calibrated than its agents here.';
  const edge = hasEdge
    ? 'On these days the swarm was right more often than always buying'
    : 'What it does not show is an edge: against always buying, the market’s own drift, the swarm is not better';
  const [swarm, drift] = [rateText(market.consensus), rateText(market.alwaysBuy)];
  return [
    learned,
    `${edge} (${swarm} against ${drift}).`,
    ...(bestAgent?.agentName === 'random'
      ? ['The best agent is the die: so little do this many days tell.']
      : []),
    `There are no costs, the days are past and well known, and n = ${whole.format(decisions)}.`,
    'A vote is called right when it agreed with a decision that succeeded or disagreed with one that failed;',
    'with three actions, one that disagreed may have been wrong itself: see the column by the market alone.',
  ].join('\n');
}

/** Where to go on looking while the server stays up. */
export function addressesText({ url, userNodeId, executionId }: Report): string {
  const query = `{ conversation(executionId: "${executionId}") { status swarmVote { consensus { action confidence reason } votes { agentName action confidence } explanation { runnerUp margin pivotalAgents { agentName changes { vote action } } } } decision { outcome { success pnl } learning { lessonsLearned } } } }`;
  return [
    '',
    `swarm room     ${new URL('/', url).href}`,
    `agents         ${new URL(`/agents/${userNodeId}`, url).href}`,
    `playground     ${new URL('/playground', url).href}`,
    `GraphQL        ${url}`,
    `subscriptions  ${socketEndpoint(url)} (graphql-transport-ws)`,
    `health         ${new URL('/health/ready', url).href}`,
    `node           ${userNodeId}`,
    '',
    'The last day’s vote and why it came out so, to paste into the playground:',
    query,
    'What counting heads would have come to, and what an agent should know before it speaks:',
    `{ whatIf(input: { userNodeId: "${userNodeId}", rule: MAJORITY }) { decisions changed successDifference { value low high n } } decisionBrief(userNodeId: "${userNodeId}", symbol: "SPX") { text } }`,
  ].join('\n');
}
