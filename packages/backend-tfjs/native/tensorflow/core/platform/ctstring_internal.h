#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Three words, whose meaning is the library's own: all access goes through its functions. */
typedef struct TF_TString {
  uint64_t words[3];
} TF_TString;

void TF_StringInit(TF_TString* string);
void TF_StringCopy(TF_TString* string, const char* source, size_t size);
void TF_StringDealloc(TF_TString* string);
const char* TF_StringGetDataPointer(const TF_TString* string);
size_t TF_StringGetSize(const TF_TString* string);

static inline void TF_TString_Init(TF_TString* string) { TF_StringInit(string); }
static inline void TF_TString_Copy(TF_TString* string, const char* source, size_t size) {
  TF_StringCopy(string, source, size);
}
static inline void TF_TString_Dealloc(TF_TString* string) { TF_StringDealloc(string); }
static inline const char* TF_TString_GetDataPointer(const TF_TString* string) {
  return TF_StringGetDataPointer(string);
}
static inline size_t TF_TString_GetSize(const TF_TString* string) { return TF_StringGetSize(string); }

#ifdef __cplusplus
}
#endif
