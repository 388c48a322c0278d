/** Numbers for strings, from 1 in the order they are first seen; 0 is "none". Never forgets: values are few. */
export interface Dictionary {
  /** The number of `value`, a new one when it is unknown; 0 for null. */
  numberOf(value: string | null): number;
  /** The number of `value`; 0 when it is unknown. */
  find(value: string): number;
  /** The string of a number from 1 to `size`. */
  valueOf(number: number): string;
  readonly size: number;
}

/** Makes an empty dictionary. */
export function createDictionary(): Dictionary {
  const numbers = new Map<string, number>();
  const values: string[] = [];
  return {
    numberOf: (value) => {
      if (value === null) return 0;
      const known = numbers.get(value);
      if (known !== undefined) return known;
      values.push(value);
      numbers.set(value, values.length);
      return values.length;
    },
    find: (value) => numbers.get(value) ?? 0,
    valueOf: (number) => {
      const value = values[number - 1];
      if (value === undefined) throw new Error(`invariant broken: nothing has number ${number}`);
      return value;
    },
    get size() {
      return values.length;
    },
  };
}

/** Numbers for sets of tags, given as the JSON array SQL makes of them in order. Set 0 is the empty one. */
export interface TagSets {
  numberOf(json: string): number;
  /** Numbers, in `tags`, of the set's tags. */
  tagsOf(set: number): readonly number[];
  readonly tags: Dictionary;
  readonly size: number;
  /** What each set was made from, in the order of their numbers. */
  texts(): readonly string[];
}

/** Makes tag sets with the empty set in them. */
export function createTagSets(): TagSets {
  const numbers = new Map<string, number>([['[]', 0]]);
  const sets: (readonly number[])[] = [[]];
  const tags = createDictionary();
  return {
    numberOf: (json) => {
      const known = numbers.get(json);
      if (known !== undefined) return known;
      const names = JSON.parse(json) as readonly string[];
      const number = sets.length;
      sets.push(names.map((name) => tags.numberOf(name)));
      numbers.set(json, number);
      return number;
    },
    tagsOf: (set) => {
      const members = sets[set];
      if (members === undefined) throw new Error(`invariant broken: there is no tag set ${set}`);
      return members;
    },
    tags,
    get size() {
      return sets.length;
    },
    texts: () => [...numbers.keys()],
  };
}
