#pragma once

#ifdef __cplusplus
extern "C" {
#endif

typedef struct TF_Status TF_Status;
/* Any other code is an error, which the addon prints as a number. */
typedef enum TF_Code { TF_OK = 0, TF_CANCELLED = 1, TF_UNAUTHENTICATED = 16 } TF_Code;

TF_Status* TF_NewStatus(void);
void TF_DeleteStatus(TF_Status* status);
TF_Code TF_GetCode(const TF_Status* status);
const char* TF_Message(const TF_Status* status);

#ifdef __cplusplus
}
#endif
