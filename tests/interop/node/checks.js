// Counting checks. The first check that fails ends the run with one sentence
// that tells what was expected and what was seen.

import { isDeepStrictEqual } from "node:util";

export class CheckFailed extends Error {}

export class Checks {
  passed = 0;

  constructor(label) {
    this.label = label;
  }

  /** `seen` has to be `expected`, type and all. */
  equal(what, expected, seen) {
    this.#judge(isDeepStrictEqual(seen, expected), what, text(expected), seen);
  }

  /** Something equal to `expected` has to stand in `list`. */
  has(what, expected, list) {
    const found = list.some((item) => isDeepStrictEqual(item, expected));
    this.#judge(found, what, `${text(expected)} in the list`, list);
  }

  /** `condition` has to be true; `wanted` says in words what it asks for. */
  holds(what, wanted, condition, seen) {
    this.#judge(condition, what, wanted, seen);
  }

  #judge(good, what, wanted, seen) {
    if (!good) {
      throw new CheckFailed(`${this.label}: ${what}: expected ${wanted}, saw ${text(seen)}.`);
    }
    this.passed += 1;
  }
}

function text(value) {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
