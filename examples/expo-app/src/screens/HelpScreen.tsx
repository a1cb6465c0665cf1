import { Alert, Button, View } from 'react-native';
import Intercom, { IntercomContent } from '@intercom/intercom-react-native';

import { fetchIntercomJwt, reportError, type User } from '../api';

const LOST_PARCEL_ARTICLE = IntercomContent.articleWithArticleId('1042');

export function FaultyHelpScreen() {
  const confirmCall = () => {
    Alert.alert('Talk to us?', 'We answer within the hour.', [
      { text: 'Not now', style: 'cancel' },
      // The chat opens with no token.
      { text: 'Chat', onPress: () => void Intercom.present() },
    ]);
  };

  return (
    <View>
      {/* The article opens with no token. */}
      <Button title="Lost parcel" onPress={() => Intercom.presentContent(LOST_PARCEL_ARTICLE)} />
      {/* The Messenger opens with no token. */}
      <Button title="Messages" onPress={Intercom.present} />
      <Button title="Talk to us" onPress={confirmCall} />
    </View>
  );
}

export function HelpScreen({ user }: { user: User }) {
  const setToken = async () => {
    await Intercom.setUserJwt(await fetchIntercomJwt(user));
  };

  const openArticle = async () => {
    await setToken();
    await Intercom.presentContent(LOST_PARCEL_ARTICLE);
  };

  const confirmCall = () => {
    Alert.alert('Talk to us?', 'We answer within the hour.', [
      { text: 'Not now', style: 'cancel' },
      {
        text: 'Chat',
        onPress: () => {
          setToken()
            .then(() => Intercom.present())
            .catch(reportError);
        },
      },
    ]);
  };

  return (
    <View>
      <Button title="Lost parcel" onPress={openArticle} />
      <Button title="Talk to us" onPress={confirmCall} />
    </View>
  );
}
