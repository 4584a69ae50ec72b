"""What computing reads of exits and of support meetings: whether something was written, never what."""

import pandas as pd

from impact.db import EncryptedDatabase


def exit_frame(db: EncryptedDatabase) -> pd.DataFrame:
    """One row per exit, those of pathways reopened since included; `…_said` tells that an opinion was written.

    What was not asked any more, its field being switched off, is missing.
    """
    rows = db.rows(
        "SELECT pathway_id, id AS exit_id, ended_on,"
        " CASE WHEN relay <> '' THEN 1 WHEN ended_on >= relay_off THEN NULL ELSE 0 END AS relayed,"
        " CASE WHEN child_opinion <> '' THEN 1 WHEN ended_on >= child_off THEN NULL ELSE 0 END AS child_said,"
        " CASE WHEN parents_opinion <> '' THEN 1 WHEN ended_on >= parents_off THEN NULL ELSE 0 END AS parents_said,"
        " CASE WHEN referent_opinion <> '' THEN 1 WHEN ended_on >= referent_off THEN NULL ELSE 0 END AS referent_said"
        " FROM pathway_exit, (SELECT max(off_since) FILTER (WHERE field = 'pathway_exit.relay') AS relay_off,"
        " max(off_since) FILTER (WHERE field = 'pathway_exit.child_opinion') AS child_off,"
        " max(off_since) FILTER (WHERE field = 'pathway_exit.parents_opinion') AS parents_off,"
        " max(off_since) FILTER (WHERE field = 'pathway_exit.referent_opinion') AS referent_off FROM field_switch)"
        " ORDER BY id"
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
