import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

const attributesOf = (user: User) => ({ userId: user.id, email: user.email, name: user.name });

// Faulty

export function linkAfterFailure(user: User): Promise<boolean> {
  return (
    fetchIntercomJwt(user)
      .then((jwt) => Intercom.setUserJwt(jwt))
      .catch(reportError)
      // The chain goes on after a failure, and the login has no token.
      .then(() => Intercom.loginUserWithUserAttributes(attributesOf(user)))
  );
}

export function linkWithLostToken(user: User): Promise<boolean> {
  return fetchIntercomJwt(user)
    .then((jwt) => {
      // The braces lose the promise, so the chain does not wait for it.
      Intercom.setUserJwt(jwt);
    })
    .then(() => {
      // The login can overtake the token.
      return Intercom.loginUserWithUserAttributes(attributesOf(user));
    });
}

// Correct

export function link(user: User): Promise<boolean | void> {
  return fetchIntercomJwt(user)
    .then((jwt) => Intercom.setUserJwt(jwt))
    .then(() => Intercom.loginUserWithUserAttributes(attributesOf(user)))
    .catch(reportError);
}

export function linkAndGreet(user: User, jwt: string): Promise<boolean> {
  return Intercom.setUserJwt(jwt)
    .then(() => {
      return Intercom.loginUserWithUserAttributes(attributesOf(user));
    })
    .then(() => Intercom.presentMessageComposer('Hello!'));
}
