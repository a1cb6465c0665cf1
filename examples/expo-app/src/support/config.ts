/** What the app is told of Intercom when it is built. All of it can be read by all who have the app. */

// Faulty

// The server signs with this: whoever has it can be any user.
export const signingSecret = process.env.EXPO_PUBLIC_INTERCOM_SECRET;

// Correct

export const appId = process.env.EXPO_PUBLIC_INTERCOM_APP_ID;
export const iosApiKey = process.env.EXPO_PUBLIC_INTERCOM_IOS_API_KEY;
export const androidApiKey = process.env.EXPO_PUBLIC_INTERCOM_ANDROID_API_KEY;
