import { useEffect } from 'react';
import { Button, Text, View } from 'react-native';
import Intercom, { Space } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

interface Props {
  user: User;
}

export function FaultyHomeScreen({ user }: Props) {
  useEffect(() => {
    const greet = async () => {
      const jwt = await fetchIntercomJwt(user);
      // Nobody waits for the token, or hears that it was refused.
      Intercom.setUserJwt(jwt);
      // The new name is sent before the token is set.
      await Intercom.updateUser({ name: user.name });
    };

    greet().catch(reportError);
  }, [user]);

  const openHelp = async () => {
    // A quick tap gets here before the effect has set the token.
    await Intercom.presentSpace(Space.helpCenter);
  };

  return (
    <View>
      <Text>Hello, {user.name}</Text>
      <Button title="Help" onPress={openHelp} />
    </View>
  );
}

export function HomeScreen({ user }: Props) {
  useEffect(() => {
    const greet = async () => {
      await Intercom.setUserJwt(await fetchIntercomJwt(user));
      await Intercom.updateUser({ name: user.name });
    };

    greet().catch(reportError);
  }, [user]);

  const openHelp = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
    await Intercom.presentSpace(Space.helpCenter);
  };

  return (
    <View>
      <Text>Hello, {user.name}</Text>
      <Button title="Help" onPress={openHelp} />
    </View>
  );
}
