import { randomBytes } from 'node:crypto';

/**
 * Secrets that are planted, each with a name of where. What they are made of is found nowhere else, so whatever text has
 * one of them in it has let it out.
 */
export class Canaries {
  readonly #planted = new Map<string, string>();

  /** Makes one, of 24 characters that every header and every address takes. */
  plant(place: string): string {
    const canary = `cnry${randomBytes(10).toString('hex')}`;
    this.#planted.set(place, canary);
    return canary;
  }

  /** Watches a secret that was made elsewhere. None at all, such as a password that nobody asks for, is in every text. */
  adopt(place: string, secret: string): string {
    if (secret !== '') this.#planted.set(place, secret);
    return secret;
  }

  get places(): readonly string[] {
    return [...this.#planted.keys()];
  }

  /** The places whose secret is in a text, also as JSON, a URL or base64 would write it. */
  escaped(text: string): string[] {
    return this.places.filter((place) => {
      const secret = this.#planted.get(place)!;
      const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
      // Within base64 it may begin at any of three places; of its middle, all of them have something.
      for (const shift of ['', 'x', 'xx']) forms.push(btoa(shift + secret).slice(4, -4));
      return forms.some((form) => text.includes(form));
    });
  }
}
