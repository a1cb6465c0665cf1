/** Lints apart from the page, so that typing waits for nothing. */

import { lint } from './lint.ts';
import type { Answer, Request } from './protocol.ts';

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  const answer = (outcome: Answer['outcome']): void => {
    const told: Answer = { id: data.id, outcome };
    self.postMessage(told);
  };
  void lint(data.state, () => {
    answer(null);
  }).then(answer);
});
