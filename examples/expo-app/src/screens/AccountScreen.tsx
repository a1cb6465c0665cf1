import { Button, View } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import { fetchIntercomJwt, type User } from '../api';

interface Props {
  user: User;
  family?: User[];
  onLeave: () => void;
}

export function FaultyAccountScreen({ user, family = [], onLeave }: Props) {
  const switchTo = async (member: User) => {
    await Intercom.setUserJwt(await fetchIntercomJwt(member));
    await Intercom.logout();
    // Logging out has just thrown the new token away.
    await Intercom.loginUserWithUserAttributes({ userId: member.id, email: member.email });
  };

  const leave = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.updateUser({ customAttributes: { leaving: true } });
    await Intercom.logout();
    onLeave();
    // The question is asked of somebody who is signed out.
    await Intercom.presentMessageComposer('I am leaving because …');
  };

  return (
    <View>
      {family.map((member) => (
        <Button key={member.id} title={member.name} onPress={() => switchTo(member)} />
      ))}
      <Button title="Close account" onPress={leave} />
    </View>
  );
}

export function AccountScreen({ user, family = [], onLeave }: Props) {
  const switchTo = async (member: User) => {
    await Intercom.logout();
    await Intercom.setUserJwt(await fetchIntercomJwt(member));
    await Intercom.loginUserWithUserAttributes({ userId: member.id, email: member.email });
  };

  const leave = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.updateUser({ customAttributes: { leaving: true } });
    await Intercom.presentMessageComposer('I am leaving because …');
    await Intercom.logout();
    onLeave();
  };

  return (
    <View>
      {family.map((member) => (
        <Button key={member.id} title={member.name} onPress={() => switchTo(member)} />
      ))}
      <Button title="Close account" onPress={leave} />
    </View>
  );
}
