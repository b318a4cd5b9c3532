#include "CGeoNames.h"
