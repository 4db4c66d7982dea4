/** The sentence for an answer in a foreign format. */
export function foreignFormatSentence(server: string): string {
  return `${server} answers, but not in the format of this kind of provider. Check the kind and the path of the address.`;
}
