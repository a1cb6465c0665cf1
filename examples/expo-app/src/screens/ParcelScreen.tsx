import { useCallback } from 'react';
import { Alert, Button, Text, View } from 'react-native';
import Intercom from '@intercom/intercom-react-native';

import type { Parcel, User } from '../api';

interface Props {
  parcel: Parcel;
  user: User;
  /** Null while it is being fetched. */
  jwt: string | null;
}

export function FaultyParcelScreen({ parcel, jwt }: Props) {
  const ask = useCallback(async () => {
    if (jwt !== null) {
      await Intercom.setUserJwt(jwt);
    }
    // While the token is on its way, the composer opens without one.
    await Intercom.presentMessageComposer(`Where is ${parcel.label}?`);
  }, [jwt, parcel]);

  return (
    <View>
      <Text>{parcel.label}</Text>
      <Button title="Where is it?" onPress={ask} />
    </View>
  );
}

export function ParcelScreen({ parcel, user, jwt }: Props) {
  const ask = useCallback(async () => {
    if (jwt === null) {
      Alert.alert('One moment', 'We are still connecting you.');
      return;
    }
    await Intercom.setUserJwt(jwt);
    await Intercom.presentMessageComposer(`Where is ${parcel.label}?`);
  }, [jwt, parcel]);

  const watch = async () => {
    if (jwt) await Intercom.setUserJwt(jwt);
    await Intercom.logEvent('parcel-watched', { parcel: parcel.id });
    if (jwt) await Intercom.updateUser({ userId: user.id, customAttributes: { watching: true } });
  };

  return (
    <View>
      <Text>{parcel.label}</Text>
      <Button title="Where is it?" onPress={ask} />
      <Button title="Watch" onPress={watch} />
    </View>
  );
}
