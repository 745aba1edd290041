#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Writes a CSV of N detections such as FIRMS gives for VIIRS, in fires of some thousand points each, to standard output.

Use: viirs_csv.py N [SEED] > viirs.csv. The same N and seed give the same bytes.
"""

import random
import sys


def main():
    count = int(sys.argv[1])
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    write = sys.stdout.write
    write("latitude,longitude,bright_ti4,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_ti5,frp,daynight\n")
    lon = lat = 0.0
    for i in range(count):
        if i % 2000 == 0:
            lon, lat = chance.uniform(-168.0, -55.0), chance.uniform(15.0, 69.0)
        minute = (i * 1440 * 120) // count  # four months, in order of time
        day = minute // 1440
        write(
            f"{lat + chance.gauss(0, 0.08):.5f},{lon + chance.gauss(0, 0.12):.5f},{chance.uniform(295, 367):.2f},"
            f"{chance.uniform(0.32, 0.8):.2f},{chance.uniform(0.36, 0.78):.2f},2024-{6 + day // 30:02d}-{1 + day % 30:02d},"
            f"{minute % 1440 // 60:02d}{minute % 60:02d},{'N' if i % 3 else '1'},VIIRS,{'lnh'[i % 7 % 3]},2.0NRT,"
            f"{chance.uniform(250, 320):.2f},{chance.expovariate(0.1):.2f},{'DN'[minute % 1440 < 720]}\n"
        )


if __name__ == "__main__":
    main()
