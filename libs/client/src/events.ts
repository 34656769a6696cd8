/**
 * The data of each server-sent event of an answer, as they come, until the line ends or the reader leaves.
 *
 * @throws Error where the answer has no body
 */
export async function* eventsOf(answer: Response): AsyncGenerator<string> {
  if (!answer.body) throw new Error('the answer has no body');
  let rest = '';
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${rest}${text}`.split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const data = block.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)); // prettier-ignore
      if (data.length > 0) yield data.join('\n');
    }
  }
}
