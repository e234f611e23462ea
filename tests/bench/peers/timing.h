/* SPDX-FileCopyrightText: Claimcheck contributors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the programs around the peers in C share: files read whole, and a rate of one call in CPU time. The
 * work must say that it succeeded every time, so that nobody is fast by failing. */

#ifndef CLAIMCHECK_PEERS_TIMING_H
#define CLAIMCHECK_PEERS_TIMING_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpuSeconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* FOLDER/NAME with a NUL behind it. */
static char* readFile(const char* folder, const char* name, size_t* size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE* file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(2);
    }
    char* text = malloc(1 << 16);
    *size = fread(text, 1, (1 << 16) - 1, file);
    fclose(file);
    text[*size] = '\0';
    return text;
}

static int isLess(const void* left, const void* right)
{
    const double difference = *(const double*)left - *(const double*)right;
    return (difference > 0) - (difference < 0);
}

/* Prints "algorithm<TAB>what<TAB>a second": the median of nine slices. `work` is 0 when it failed. */
static void printRate(const char* algorithm, const char* what, int (*work)(void*), void* data)
{
    enum
    {
        slices = 9
    };
    const double sliceSeconds = 0.05;
    double rates[slices];
    for (int slice = 0; slice < slices; ++slice) {
        const double start = cpuSeconds();
        double now = start;
        long count = 0;
        for (; now - start < sliceSeconds; now = cpuSeconds())
            for (int index = 0; index < 8; ++index, ++count)
                if (!work(data)) {
                    printf("%s\t%s\tfailed\n", algorithm, what);
                    return;
                }
        rates[slice] = (double)count / (now - start);
    }
    qsort(rates, slices, sizeof rates[0], isLess);
    printf("%s\t%s\t%.0f\n", algorithm, what, rates[slices / 2]);
    fflush(stdout);
}

#endif
