import express, { type NextFunction, type Request, type Response } from 'express';

import { type Account, mintToken } from './intercomToken';

/** Who holds which access token. A real server asks its session store. */
const sessions = new Map<string, Account>([
  ['demo', { id: 'u-17', email: 'ada@parcelpal.example', name: 'Ada' }],
]);

function requireAccount(request: Request, response: Response, next: NextFunction): void {
  const [, accessToken = ''] = request.get('authorization')?.split(' ') ?? [];
  const account = sessions.get(accessToken);
  if (account === undefined) {
    response.sendStatus(401);
    return;
  }
  response.locals.account = account;
  next();
}

export const app = express();

app.get('/support/token', requireAccount, (_request, response) => {
  const account: Account = response.locals.account;
  // The account comes from the session: who asks cannot choose the user.
  response.set('cache-control', 'no-store').json({ token: mintToken(account) });
});

app.listen(Number(process.env.PORT ?? 3000));
