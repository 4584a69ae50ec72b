"""What computing reads of exits and of support meetings: whether something was written, never what."""

import pandas as pd

from impact.db import EncryptedDatabase


def exit_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per exit, those of pathways reopened since included; `…_said` tells that an opinion was written."""
    rows = db.rows(
        "SELECT pathway_id, id AS exit_id, ended_on, relay <> '' AS relayed, child_opinion <> '' AS child_said,"
        " parents_opinion <> '' AS parents_said, referent_opinion <> '' AS referent_said FROM pathway_exit ORDER BY id"
    )
    columns = ["pathway_id", "exit_id", "ended_on", "relayed", "child_said", "parents_said", "referent_said"]
    frame = pd.DataFrame(rows, columns=columns)
    frame["ended_on"] = pd.to_datetime(frame["ended_on"])
    return frame


def support_meeting_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per meeting of the support team: situations on its agenda, institutions invited, those that came."""
    rows = db.rows(
        "SELECT id AS meeting_id, held_on,"
        " (SELECT count(*) FROM meeting_item WHERE meeting_item.meeting_id = support_meeting.id) AS situations,"
        " (SELECT count(*) FROM meeting_presence WHERE meeting_presence.meeting_id = support_meeting.id) AS invited,"
        " (SELECT count(*) FROM meeting_presence WHERE meeting_presence.meeting_id = support_meeting.id"
        " AND presence = 'present') AS present FROM support_meeting ORDER BY held_on, id"
    )
    frame = pd.DataFrame(rows, columns=["meeting_id", "held_on", "situations", "invited", "present"])
    frame["held_on"] = pd.to_datetime(frame["held_on"])
    return frame
