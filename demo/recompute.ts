import { parseArgs } from 'node:util';
import { createClient } from './client.js';
import { isRight, judgedOnes } from './evaluation.js';
import { type JudgedBallot, learnedWeight } from './learning.js';
import type { DecisionNode } from './operations.js';
import { endpoint } from './options.js';
import { readDecisions, readPerformance } from './readback.js';

/**
 * Works out every agent's learned weight anew from the ballots and outcomes that the API returns, without the
 * server's code, and compares: `npx tsx demo/recompute.ts --node ID [--url URL] [--json]`. Exit 1 above `TOLERANCE`.
 */
const TOLERANCE = 1e-9;
const USUAL_URL = 'http://127.0.0.1:4000';
const EXIT_USAGE = 64;

/** The evaluated ballots of each agent. A decision without quorum teaches nothing; advice of weight 0 does. */
function ballotsByAgent(decisions: readonly DecisionNode[]): Map<string, JudgedBallot[]> {
  const found = new Map<string, JudgedBallot[]>();
  for (const decision of judgedOnes(decisions)) {
    const { consensus, votes } = decision.conversation.swarmVote;
    if (!consensus || consensus.reason === 'NO_QUORUM') continue;
    for (const { agentName, action, confidence } of [...votes, ...decision.lateVotes]) {
      if (!action || confidence === null) continue;
      const ballots = found.get(agentName) ?? [];
      found.set(agentName, ballots);
      ballots.push({ seq: decision.seq, confidence: confidence / 100, isRight: isRight(action, decision) });
    }
  }
  return found;
}

async function compare(url: string, userNodeId: string) {
  const client = createClient(url);
  const decisions = await readDecisions(client, userNodeId);
  const performances = await readPerformance(client, userNodeId);
  await client.close();
  const at = Math.max(0, ...decisions.map((decision) => decision.seq)) + 1;
  const ballots = ballotsByAgent(decisions);
  const names = new Set([...ballots.keys(), ...performances.map((one) => one.agentName)]);
  const agents = [...names].sort().map((agentName) => {
    const own = ballots.get(agentName) ?? [];
    const recomputed = learnedWeight(own, at);
    const server = performances.find((one) => one.agentName === agentName)?.learnedWeight ?? null;
    const difference = server === null ? Number.POSITIVE_INFINITY : Math.abs(server - recomputed);
    return { agentName, ballots: own.length, server, recomputed, difference };
  });
  return {
    decisions: decisions.length,
    at,
    agents,
    largest: Math.max(0, ...agents.map((one) => one.difference)),
  };
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: USUAL_URL },
      node: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  if (!values.node) {
    process.stderr.write(`npx tsx demo/recompute.ts --node ID [--url ${USUAL_URL}] [--json]\n`);
    return EXIT_USAGE;
  }
  const result = await compare(endpoint(values.url), values.node);
  const isSame = result.agents.length > 0 && result.largest <= TOLERANCE;
  if (values.json) process.stdout.write(`${JSON.stringify({ ...result, isSame }, null, 2)}\n`);
  else {
    for (const { agentName, ballots, server, recomputed } of result.agents) {
      process.stdout.write(
        `${agentName.padEnd(24)} n ${ballots}  server ${server}  recomputed ${recomputed}\n`,
      );
    }
    const { decisions, largest } = result;
    process.stdout.write(
      `${decisions} decisions, largest difference ${largest} (${isSame ? 'same' : 'DIFFERENT'})\n`,
    );
  }
  return isSame ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
