/** The last `limit` characters a child wrote, however much it writes. */
export class OutputTail {
  readonly #limit: number;
  #text = '';

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(text: string): void {
    this.#text = (this.#text + text.slice(-this.#limit)).slice(-this.#limit);
  }

  get text(): string {
    return this.#text;
  }
}
