import type { checks } from '../checks.js';
import type { DecisionContext } from '../decision.js';
import type { Json } from '../message.js';

export interface DecisionContextInput {
  marketConditions?: Json | undefined;
  portfolioState?: Json | undefined;
  riskMetrics?: Json | undefined;
}

export const givenContext = (input: DecisionContextInput | null | undefined): DecisionContext => ({
  marketConditions: input?.marketConditions ?? null,
  portfolioState: input?.portfolioState ?? null,
  riskMetrics: input?.riskMetrics ?? null,
});

export function checkContext(
  check: ReturnType<typeof checks>,
  field: string,
  input: DecisionContextInput | null | undefined,
): void {
  check.json(`${field}.marketConditions`, input?.marketConditions);
  check.json(`${field}.portfolioState`, input?.portfolioState);
  check.json(`${field}.riskMetrics`, input?.riskMetrics);
}
