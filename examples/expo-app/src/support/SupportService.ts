import Intercom, { Space } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, type User } from '../api';

export class FaultySupportService {
  async rename(user: User, name: string): Promise<void> {
    const jwt = await fetchIntercomJwt(user);
    void this.authenticate(jwt);
    // The new name is sent while the token is still being set.
    await Intercom.updateUser({ userId: user.id, name });
  }

  async openTickets(user: User): Promise<void> {
    await this.authenticate(await fetchIntercomJwt(user));
    await this.open(Space.tickets);
  }

  async openAnswers(): Promise<void> {
    await this.open(Space.helpCenter);
  }

  private async authenticate(jwt: string): Promise<void> {
    await Intercom.setUserJwt(jwt);
  }

  private async open(space: Space): Promise<void> {
    // `openAnswers` gets here with no token.
    await Intercom.presentSpace(space);
  }
}

export class SupportService {
  async rename(user: User, name: string): Promise<void> {
    await this.authenticate(user);
    await Intercom.updateUser({ userId: user.id, name });
  }

  async openTickets(user: User): Promise<void> {
    await this.open(user, Space.tickets);
  }

  async openAnswers(user: User): Promise<void> {
    await this.open(user, Space.helpCenter);
  }

  private async authenticate(user: User): Promise<void> {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
  }

  private async open(user: User, space: Space): Promise<void> {
    await this.authenticate(user);
    await Intercom.presentSpace(space);
  }
}
