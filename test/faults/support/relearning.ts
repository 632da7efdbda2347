import { createClient } from '../../../demo/client.js';
import { isRight, judgedOnes } from '../../../demo/evaluation.js';
import { type JudgedBallot, learnedWeight } from '../../../demo/learning.js';
import { readDecisions, readPerformance } from '../../../demo/readback.js';

export interface Relearned {
  /** Largest difference of learned weights, hit rates and Brier scores. */
  largest: number;
  failures: string[];
}

const TOLERANCE = 1e-9;

/** What a node's agents are said to be worth, against what its decisions and their outcomes say, all from the API. */
export async function relearn(url: string, userNodeId: string): Promise<Relearned> {
  // Sums that cannot be, such as more hits than votes, are not shown at all.
  return compare(url, userNodeId).catch((error: Error) => ({
    largest: Number.POSITIVE_INFINITY,
    failures: [`What is learned cannot be read: ${error.message}`],
  }));
}

async function compare(url: string, userNodeId: string): Promise<Relearned> {
  const client = createClient(`${url}/graphql`);
  const decisions = await readDecisions(client, userNodeId);
  const performances = await readPerformance(client, userNodeId);
  await client.close();
  const at = Math.max(...decisions.map(({ seq }) => seq)) + 1;
  const ballots = new Map<string, JudgedBallot[]>();
  for (const decision of judgedOnes(decisions)) {
    const { consensus, votes } = decision.conversation.swarmVote;
    if (consensus === null || consensus.reason === 'NO_QUORUM') continue;
    for (const { agentName, action, confidence } of votes) {
      if (action === null || confidence === null) continue;
      const judged = {
        seq: decision.seq,
        confidence: confidence / 100,
        isRight: isRight(action, decision),
      };
      ballots.set(agentName, [...(ballots.get(agentName) ?? []), judged]);
    }
  }
  const failures: string[] = [];
  let largest = 0;
  for (const [agentName, own] of ballots) {
    const told = performances.find((one) => one.agentName === agentName);
    const hits = own.filter((ballot) => ballot.isRight).length;
    const squares = own.map((ballot) => (ballot.confidence - (ballot.isRight ? 1 : 0)) ** 2);
    const differences = {
      'learned weight': Math.abs((told?.learnedWeight ?? Number.NaN) - learnedWeight(own, at)),
      votes: Math.abs((told?.evaluatedVotes ?? Number.NaN) - own.length),
      'hit rate': Math.abs((told?.hitRate?.value ?? Number.NaN) - hits / own.length),
      brier: Math.abs(
        (told?.brier ?? Number.NaN) - squares.reduce((sum, square) => sum + square, 0) / own.length,
      ),
    };
    for (const [what, difference] of Object.entries(differences)) {
      largest = Math.max(largest, difference);
      if (!(difference <= TOLERANCE)) {
        failures.push(
          `The ${what} of ${agentName} is off by ${difference} from ${own.length} judged ballots.`,
        );
      }
    }
  }
  if (performances.length !== ballots.size) {
    failures.push(`Expected ${ballots.size} agents with a record, got ${performances.length}.`);
  }
  return { largest, failures };
}
