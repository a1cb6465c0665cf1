import Intercom from '@intercom/intercom-react-native';
import { gql } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Button } from 'react-native';

const SIGN_IN = gql`
  mutation SignIn {
    signIn {
      token
    }
  }
`;

interface SignIn {
  signIn: { token: string };
}

export function FaultyOffersScreen() {
  const [signIn] = useMutation<SignIn>(SIGN_IN, {
    onCompleted: async ({ signIn: { token } }) => {
      await Intercom.setUserJwt(token);
    },
  });
  const open = async () => {
    // Nobody waits for what `onCompleted` does.
    await signIn();
    await Intercom.present();
  };
  return <Button title="Offers" onPress={open} />;
}

export function OffersScreen() {
  const [signIn] = useMutation<SignIn>(SIGN_IN, {
    onCompleted: async ({ signIn: { token } }) => {
      await Intercom.setUserJwt(token);
      await Intercom.present();
    },
  });
  return <Button title="Offers" onPress={() => void signIn()} />;
}
