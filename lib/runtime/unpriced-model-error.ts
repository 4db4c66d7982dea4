/** A model without a known price under a budget: nobody can say what its calls cost. The message is for the person. */
export class UnpricedModelError extends Error {
  readonly type = "budget_unpriced_model";

  constructor(model: { id: string; provider: string }, budgetName: string) {
    super(
      `No price is known for the model ${model.id} of ${model.provider}, and this run is under the budget “${budgetName}”. Choose a model with a known price, or take the budget off.`,
    );
    this.name = "UnpricedModelError";
  }
}
