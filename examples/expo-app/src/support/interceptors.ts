import Intercom from '@intercom/intercom-react-native';
import axios from 'axios';

export const api = axios.create();

api.interceptors.response.use(async (response) => {
  const jwt: unknown = response.headers['x-intercom-jwt'];
  if (typeof jwt === 'string') await Intercom.setUserJwt(jwt);
  return response;
});

export async function faultyOpenBehindResponse() {
  // The response may be of another request, or have no token.
  await api.get('/parcels');
  await Intercom.present();
}

export async function openBehindResponse() {
  const { data } = await api.get<{ token: string }>('/support/token');
  await Intercom.setUserJwt(data.token);
  await Intercom.present();
}
